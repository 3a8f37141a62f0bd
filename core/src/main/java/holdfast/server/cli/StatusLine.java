package holdfast.server.cli;

import java.util.List;

/// One line about all nodes that is rewritten in place, so it must not be wider than the terminal: what was left behind of a
/// line that wraps would stay on the screen.
final class StatusLine {

    /// The last column stays free: some terminals wrap when it is used.
    static final int COLUMNS = 79;

    private static final String CUT = "...";

    private StatusLine() {}

    /// @param each what is to be said of each node, as in `node 1 leader t3 #1790472`
    static String of(List<String> each) {
        String line = String.join(" | ", each);
        if (line.length() > COLUMNS) {
            line = line.replace("node ", "");
        }
        if (line.length() > COLUMNS) {
            line = line.replaceAll(" #[0-9]+", "").replace(" | ", ", ");
        }
        if (line.length() > COLUMNS) {
            line = line.replace("leader", "L").replace("follower", "f");
        }
        return line.length() > COLUMNS ? line.substring(0, COLUMNS - CUT.length()) + CUT : line;
    }
}
