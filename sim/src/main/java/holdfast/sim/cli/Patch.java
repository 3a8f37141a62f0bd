package holdfast.sim.cli;

import java.util.ArrayList;
import java.util.List;

/// A unified diff. Applied without fuzz: all context must be there, letter by letter; only the place in the file
/// may have moved.
record Patch(List<Change> changes) {

    /// All hunks of one file, in order.
    ///
    /// @param path below the repository, with forward slashes
    record Change(String path, List<Hunk> hunks) {}

    /// @param start line of the original, from 1, where the hunk was cut
    /// @param before what must be there: context and removed lines
    /// @param after what will be there: context and added lines
    record Hunk(int start, List<String> before, List<String> after) {}

    /// The changed file, or a sentence that names the hunk that does not fit.
    static Input<List<String>> apply(Change change, List<String> original) {
        List<String> result = new ArrayList<>();
        int taken = 0;
        int drift = 0;
        int number = 0;
        for (Hunk hunk : change.hunks()) {
            number++;
            int wanted = Math.max(0, hunk.start() - 1 + drift);
            int place = nearest(original, hunk.before(), wanted, taken);
            if (place < 0) {
                return new Input.Bad<>("hunk " + number + " of " + change.path() + " (line " + hunk.start()
                        + ") does not apply: the lines around it are not there any more");
            }
            drift = place - (hunk.start() - 1);
            result.addAll(original.subList(taken, place));
            result.addAll(hunk.after());
            taken = place + hunk.before().size();
        }
        result.addAll(original.subList(taken, original.size()));
        return new Input.Good<>(result);
    }

    /// The match closest to the wanted place and not before `from`; -1 if there is none.
    private static int nearest(List<String> lines, List<String> wanted, int at, int from) {
        int last = lines.size() - wanted.size();
        for (int distance = 0; distance <= lines.size(); distance++) {
            if (at - distance >= from && at - distance <= last && matches(lines, wanted, at - distance)) {
                return at - distance;
            }
            if (at + distance >= from && at + distance <= last && matches(lines, wanted, at + distance)) {
                return at + distance;
            }
        }
        return -1;
    }

    private static boolean matches(List<String> lines, List<String> wanted, int at) {
        return lines.subList(at, at + wanted.size()).equals(wanted);
    }
}
