package holdfast.sim.check.format;

/// A verdict on a file.
///
/// @param ruling what it is
/// @param reason one sentence; empty when there is nothing to say
/// @param operations how many were judged
/// @param first the earlier of the operations that cannot both be right, or [#NONE]
/// @param second the later one, or [#NONE]
public record Judgement(Ruling ruling, String reason, int operations, int first, int second) {

    public static final int NONE = -1;

    /// The three verdicts.
    public enum Ruling {
        LINEARIZABLE("linearizable"),
        NOT_LINEARIZABLE("not linearizable"),
        UNDECIDED("undecided");

        private final String text;

        Ruling(String text) {
            this.text = text;
        }

        /// The words for people.
        public String text() {
            return text;
        }
    }
}
