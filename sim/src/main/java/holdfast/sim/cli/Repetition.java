package holdfast.sim.cli;

import holdfast.sim.plan.Plan;
import holdfast.sim.run.TraceSink;
import holdfast.sim.run.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Runs a universe twice and finds the first event at which the two differ. Comparing needs the hash of every
/// event only; the texts are fetched by two further runs, and only when there is something to tell.
final class Repetition {

    /// @param difference one or more sentences; empty if the runs are equal
    record Outcome(Verdict verdict, String difference) {}

    private Repetition() {}

    static Outcome of(Plan plan) {
        Recording first = new Recording(false);
        Verdict verdict = Universes.run(plan, first);
        Comparison second = new Comparison(first);
        Verdict repeated = Universes.run(plan, second);
        long event = second.firstDifference();
        if (event == 0 && verdict.equals(repeated)) {
            return new Outcome(verdict, "");
        }
        String told = event == 0
                ? "the verdicts differ although the events do not: " + verdict + " / " + repeated
                : "the second run differs from event " + event + " on" + explain(plan, event);
        return new Outcome(verdict, told);
    }

    private static String explain(Plan plan, long event) {
        Recording first = new Recording(true);
        Universes.runUntil(plan, first, event);
        Recording second = new Recording(true);
        Universes.runUntil(plan, second, event);
        int at = first.firstDifference(second);
        if (at < 0) {
            return "\n  a third and a fourth run agreed up to there; the third had\n    " + first.lastLine();
        }
        return "\n  in one run     " + first.lineAt(at) + "\n  in another run " + second.lineAt(at);
    }

    /// Hashes of all events, and their lines if asked for.
    private static final class Recording implements TraceSink {

        private final boolean withLines;
        private final List<String> lines = new ArrayList<>();
        private long[] hashes = new long[1 << 12];
        private int size;

        private Recording(boolean withLines) {
            this.withLines = withLines;
        }

        @Override
        public boolean wantsLines() {
            return withLines;
        }

        @Override
        public void line(long event, long cause, long micros, int node, String kind, String text) {
            lines.add(TraceColumns.line(event, micros, node, kind, text));
        }

        @Override
        public void hash(long event, long rolling) {
            if (size == hashes.length) {
                hashes = Arrays.copyOf(hashes, 2 * size);
            }
            hashes[size++] = rolling;
        }

        private int firstDifference(Recording other) {
            int common = Math.min(lines.size(), other.lines.size());
            for (int i = 0; i < common; i++) {
                if (!lines.get(i).equals(other.lines.get(i))) {
                    return i;
                }
            }
            int mismatch = Arrays.mismatch(hashes, 0, Math.min(size, common), other.hashes, 0, Math.min(other.size, common));
            return mismatch < 0 && lines.size() != other.lines.size() ? common : mismatch;
        }

        private String lineAt(int index) {
            return index < lines.size() ? lines.get(index) : "(had ended)";
        }

        private String lastLine() {
            return lines.isEmpty() ? "(no line)" : lines.getLast();
        }
    }

    /// Checks hashes against those of an earlier run as they come.
    private static final class Comparison implements TraceSink {

        private final Recording expected;
        private int size;
        private long firstDifference;

        private Comparison(Recording expected) {
            this.expected = expected;
        }

        @Override
        public boolean wantsLines() {
            return false;
        }

        @Override
        public void line(long event, long cause, long micros, int node, String kind, String text) {}

        @Override
        public void hash(long event, long rolling) {
            boolean same = size < expected.size && expected.hashes[size] == rolling;
            if (!same && firstDifference == 0) {
                firstDifference = event;
            }
            size++;
        }

        /// The number of the first event that differs; 0 if none does.
        private long firstDifference() {
            return firstDifference == 0 && size < expected.size ? size + 1L : firstDifference;
        }
    }
}
