package holdfast.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Help as it fits a terminal: paragraphs are filled anew, what stands beside a name stays in its column, and a command
/// that is too long goes on behind a backslash, so that it can be copied.
public final class Columns {

    public static final int WIDTH = 80;

    private static final Pattern BESIDE = Pattern.compile("( +\\S+(?: \\S+)*) {2,}(\\S.*)");
    private static final Pattern COMMAND = Pattern.compile(" +(?:sudo |tail |git )*.*\\./holdfast .*");
    private static final int MORE = 8;

    private final List<String> lines = new ArrayList<>();
    private String first = "";
    private String rest = "";
    private String words = "";

    private Columns() {}

    /// The lines of a text, none of them wider than [#WIDTH] unless a single word is.
    public static List<String> of(String text) {
        Columns columns = new Columns();
        text.lines().forEach(columns::take);
        columns.end();
        return columns.lines;
    }

    private void take(String line) {
        Matcher beside = BESIDE.matcher(line);
        if (line.isBlank()) {
            end();
            lines.add("");
        } else if (beside.matches()) {
            end();
            begin(line.substring(0, beside.start(2)), " ".repeat(beside.start(2)), beside.group(2));
        } else if (COMMAND.matcher(line).matches() || line.endsWith(" \\")) {
            end();
            command(line);
        } else if (!words.isEmpty() && goesOn(line)) {
            words += " " + line.strip();
        } else {
            end();
            String indent = " ".repeat(indentOf(line));
            begin(indent, indent, line.strip());
        }
    }

    private static int indentOf(String line) {
        return line.length() - line.stripLeading().length();
    }

    private boolean goesOn(String line) {
        return indentOf(line) == rest.length();
    }

    private void begin(String head, String indent, String text) {
        first = head;
        rest = indent;
        words = text;
    }

    private void end() {
        if (!words.isEmpty()) {
            fill(first, rest, words, "");
            words = "";
        }
    }

    private void command(String line) {
        String indent = " ".repeat(indentOf(line));
        fill(indent, indent + " ".repeat(MORE), line.strip(), " \\");
    }

    /// @param end what a line ends with that goes on
    private void fill(String head, String indent, String text, String end) {
        StringBuilder line = new StringBuilder(head);
        boolean isFresh = true;
        String[] all = text.split(" ");
        for (int i = 0; i < all.length; i++) {
            int needed = line.length() + 1 + all[i].length() + (i + 1 < all.length ? end.length() : 0);
            if (!isFresh && needed > WIDTH) {
                lines.add(line + end);
                line = new StringBuilder(indent);
                isFresh = true;
            }
            line.append(isFresh ? "" : " ").append(all[i]);
            isFresh = false;
        }
        lines.add(line.toString());
    }
}
