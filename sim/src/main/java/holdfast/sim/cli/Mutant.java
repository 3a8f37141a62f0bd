package holdfast.sim.cli;

import java.util.ArrayList;
import java.util.List;

/// A planted bug in one setting: a patch, and what the lines above its diff say. A patch of an outsider has no
/// such lines and gets defaults.
///
/// ```
/// id: M24
/// breaks: a follower acknowledges what it has written and not synced
/// source: what the bug is modelled on
/// tier: 1
/// faults: none
/// nodes: 3
/// seeds: 50
/// equivalent: yes
/// profiles: xfs, btrfs-6.1
/// survives-under: keep-dirty
/// ```
///
/// The last two name file systems: each makes a mutant of its own, called `M24/xfs`.
///
/// @param tier 1 if 50 seeds must do, 2 if 1,000 must; 0 if nobody said
/// @param seeds how many seeds it may live
/// @param mustSurvive true for a change that is no bug, or one that cannot show in this setting
record Mutant(
        String id,
        String breaks,
        String source,
        int tier,
        Setting setting,
        long seeds,
        boolean mustSurvive,
        Patch patch) {

    private static final int TIER_1_SEEDS = 50;
    private static final int DEFAULT_SEEDS = 1000;
    private static final int SURVIVOR_SEEDS = 200;
    private static final char SETTING_FOLLOWS = '/';

    /// One mutant for each setting that the patch names.
    ///
    /// @param name what it is called if its header does not say
    static Input<List<Mutant>> parse(String name, String text) {
        MutantHeader header = MutantHeader.of(text);
        if (!header.refusal().isEmpty()) {
            return new Input.Bad<>(name + ": " + header.refusal());
        }
        return switch (PatchParser.parse(text)) {
            case Input.Bad<Patch>(String sentence) -> new Input.Bad<>(name + ": " + sentence);
            case Input.Good<Patch>(Patch patch) -> inEachSetting(header.text("id", name), header, patch);
        };
    }

    private static Input<List<Mutant>> inEachSetting(String id, MutantHeader header, Patch patch) {
        boolean equivalent = header.text("equivalent", "no").equals("yes");
        List<Mutant> mutants = new ArrayList<>();
        for (String profile : header.names("profiles")) {
            mutants.add(of(id + SETTING_FOLLOWS + profile, header, profile, equivalent, patch));
        }
        for (String profile : header.names("survives-under")) {
            mutants.add(of(id + SETTING_FOLLOWS + profile, header, profile, true, patch));
        }
        if (mutants.isEmpty()) {
            mutants.add(of(id, header, Setting.USUAL.profile(), equivalent, patch));
        }
        for (Mutant mutant : mutants) {
            if (!mutant.setting.refusal().isEmpty()) {
                return new Input.Bad<>(id + ": " + mutant.setting.refusal());
            }
        }
        return new Input.Good<>(mutants);
    }

    private static Mutant of(String id, MutantHeader header, String profile, boolean mustSurvive, Patch patch) {
        int tier = (int) header.number("tier", 0);
        return new Mutant(
                id,
                header.text("breaks", "a patch that says nothing about itself"),
                header.text("source", ""),
                tier,
                new Setting(
                        Setting.nodes(header.text("nodes", Setting.ANY)),
                        header.text("faults", Setting.USUAL.faults()),
                        profile),
                header.number("seeds", mustSurvive ? SURVIVOR_SEEDS : tier == 1 ? TIER_1_SEEDS : DEFAULT_SEEDS),
                mustSurvive,
                patch);
    }

    /// The id without a setting: that of the bug itself.
    String bug() {
        int end = id.indexOf(SETTING_FOLLOWS);
        return end < 0 ? id : id.substring(0, end);
    }

    Mutant withSeeds(long count) {
        return new Mutant(id, breaks, source, tier, setting, count, mustSurvive, patch);
    }

    Mutant in(Setting other) {
        return new Mutant(id, breaks, source, tier, other, seeds, mustSurvive, patch);
    }
}
