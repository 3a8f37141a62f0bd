package holdfast.sim.cli;

import holdfast.sim.disk.FsProfile;
import holdfast.sim.disk.FsProfiles;
import holdfast.sim.plan.FaultSelection;
import holdfast.sim.plan.PlanOptions;
import java.util.List;

/// What the universes of a command have in common. The seed names the rest.
///
/// @param nodes 1, 3, 5 or 7, or [PlanOptions#ANY_NODES]
/// @param faults as `--faults` writes it
/// @param profile as `--profile` writes it
record Setting(int nodes, String faults, String profile) {

    /// The word for what a seed draws itself.
    static final String ANY = "any";

    static final Setting USUAL = new Setting(PlanOptions.ANY_NODES, "all", PlanOptions.ANY_PROFILE);

    /// The options that make a setting, and that a plan file replaces.
    static final List<String> OPTIONS = List.of("--nodes", "--faults", "--profile");

    static Input<Setting> of(Arguments arguments) {
        Setting setting = new Setting(
                nodes(arguments.text("--nodes", ANY)),
                arguments.text("--faults", USUAL.faults),
                arguments.text("--profile", USUAL.profile));
        String refusal = setting.refusal();
        return refusal.isEmpty() ? new Input.Good<>(setting) : new Input.Bad<>(refusal);
    }

    /// @param text as `--nodes` writes it
    static int nodes(String text) {
        return text.equals(ANY) ? PlanOptions.ANY_NODES : Integer.parseInt(text);
    }

    /// As `--nodes` writes it.
    String nodesText() {
        return nodes == PlanOptions.ANY_NODES ? ANY : Integer.toString(nodes);
    }

    /// What is wrong with it; empty if nothing is.
    String refusal() {
        try {
            FaultSelection.parse(faults);
        } catch (IllegalArgumentException unknown) {
            return "--faults '" + faults + "': " + unknown.getMessage();
        }
        if (!profile.equals(PlanOptions.ANY_PROFILE) && FsProfiles.named(profile) == null) {
            List<String> names = FsProfiles.all().stream().map(FsProfile::name).toList();
            return "--profile '" + profile + "': there is no such file system; there are "
                    + PlanOptions.ANY_PROFILE + ", " + String.join(", ", names);
        }
        return "";
    }

    /// @return for a setting that is not refused
    PlanOptions planOptions() {
        return new PlanOptions(nodes, FaultSelection.parse(faults), profile);
    }

    /// The options that differ from the usual ones, each with a blank before it.
    String words() {
        return (nodes == USUAL.nodes ? "" : " --nodes " + nodesText())
                + (faults.equals(USUAL.faults) ? "" : " --faults " + faults)
                + (profile.equals(USUAL.profile) ? "" : " --profile " + profile);
    }

    @Override
    public String toString() {
        return "nodes " + nodesText() + " faults " + faults + " profile " + profile;
    }
}
