package holdfast.sim.shrink;

import holdfast.sim.run.Verdict;

/// What an oracle objected to.
///
/// @param sentence what it saw, in one line
public record Failure(String oracle, String sentence) {

    /// Of a universe that passes.
    public static final Failure NONE = new Failure("", "");

    public static Failure of(Verdict verdict) {
        return verdict.passed() ? NONE : new Failure(verdict.oracle(), verdict.failure());
    }

    /// The same oracle and the same sentence, whatever numbers stand in it: nodes, terms and times change when anything does.
    public boolean isLike(Failure other) {
        return oracle.equals(other.oracle) && words().equals(other.words());
    }

    private String words() {
        return sentence.replaceAll("[0-9]+", "#");
    }
}
