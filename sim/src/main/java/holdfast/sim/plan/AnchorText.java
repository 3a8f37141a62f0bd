package holdfast.sim.plan;

import holdfast.Sometimes;
import holdfast.sim.disk.DiskMoment;

/// When a fault strikes, as the words of a plan file, and back.
final class AnchorText {

    private static final String ANY = "any";
    private static final int NTH_MAX = 1_000_000_000;

    private AnchorText() {}

    static String print(Anchor anchor) {
        return switch (anchor) {
            case Anchor.At at -> "at " + PlanWords.seconds(at.micros());
            case Anchor.Reached reached -> "when " + reached.situation().name() + " "
                    + (reached.node() == Anchor.ANY_NODE ? ANY : String.valueOf(reached.node()))
                    + " nth " + reached.nth() + " after " + PlanWords.seconds(reached.afterMicros());
            case Anchor.Doing doing ->
                "when disk " + doing.node() + " " + FaultText.print(doing.moment()) + " nth " + doing.nth();
        };
    }

    /// @param low the earliest time that may stand here
    /// @param calm what is told by a time strikes before it
    static Anchor parse(PlanWords words, int nodes, long low, long calm) {
        if (words.isNext("at")) {
            return new Anchor.At(
                    words.keyword("at").micros("the time of a fault (in ascending order, before 'calm')", low, calm - 1));
        }
        words.mustBe(words.isNext("when"), "a fault begins with 'at' and a time, or with 'when' and what happens then");
        words.word("'when'");
        if (words.isNext("disk")) {
            int node = words.keyword("disk").node(nodes);
            DiskMoment moment = FaultText.moment(words);
            return new Anchor.Doing(node, moment, nth(words));
        }
        Sometimes situation = situation(words);
        int node = words.isNext(ANY) ? any(words) : words.node(nodes);
        return new Anchor.Reached(situation, node, nth(words), FaultText.after(words));
    }

    private static int any(PlanWords words) {
        words.word("'any'");
        return Anchor.ANY_NODE;
    }

    private static int nth(PlanWords words) {
        return words.keyword("nth").small("'nth'", 1, NTH_MAX);
    }

    private static Sometimes situation(PlanWords words) {
        String name = words.word("a situation");
        for (Sometimes situation : Sometimes.values()) {
            if (situation.name().equals(name)) {
                return situation;
            }
        }
        words.complain("there is no situation '" + PlanWords.shown(name) + "'; `./holdfast sim` lists them");
        return Sometimes.LEADER_ELECTED;
    }
}
