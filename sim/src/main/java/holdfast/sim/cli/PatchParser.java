package holdfast.sim.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a unified diff as `diff -u` and `git diff` write it. Only existing sources of the core may be changed:
/// a bug that switches off its own judge would prove nothing.
final class PatchParser {

    private static final Pattern HUNK = Pattern.compile("@@ -(\\d{1,7})(?:,(\\d{1,7}))? \\+\\d{1,7}(?:,(\\d{1,7}))? @@.*");
    private static final String CORE = "core/src/main/java/";

    /// The simulator puts itself in the place of these, so it cannot find a bug in them.
    static final String SERVER = CORE + "holdfast/server/";

    private final List<String> lines;
    private final List<Patch.Change> changes = new ArrayList<>();
    private int next;
    private String refusal = "";

    private PatchParser(List<String> lines) {
        this.lines = lines;
    }

    static Input<Patch> parse(String text) {
        PatchParser parser = new PatchParser(text.lines().toList());
        parser.run();
        if (parser.refusal.isEmpty() && parser.changes.isEmpty()) {
            parser.refusal = "holds no change; expected a unified diff with lines '--- a/" + CORE + "...' and '@@ ... @@'";
        }
        return parser.refusal.isEmpty() ? new Input.Good<>(new Patch(parser.changes)) : new Input.Bad<>(parser.refusal);
    }

    private void run() {
        while (refusal.isEmpty() && next < lines.size()) {
            boolean fileBegins = lines.get(next).startsWith("--- ")
                    && next + 1 < lines.size()
                    && lines.get(next + 1).startsWith("+++ ");
            if (fileBegins) {
                readFile();
            } else if (lines.get(next).startsWith("@@")) {
                refuse("a hunk without the lines '--- file' and '+++ file' above it");
            } else {
                next++;
            }
        }
    }

    private void readFile() {
        String path = pathOf(lines.get(next + 1));
        boolean newOrDeleted = lines.get(next).contains("/dev/null") || lines.get(next + 1).contains("/dev/null");
        if (newOrDeleted || !path.startsWith(CORE) || path.contains("..")) {
            refuse("'" + path + "': a patch may only change existing files below " + CORE);
            return;
        }
        if (path.startsWith(SERVER)) {
            refuse("'" + path + "': the simulator does not run what is below " + SERVER + ", so it could not find the bug");
            return;
        }
        next += 2;
        List<Patch.Hunk> hunks = new ArrayList<>();
        while (refusal.isEmpty() && next < lines.size() && lines.get(next).startsWith("@@")) {
            readHunk(hunks);
        }
        if (refusal.isEmpty() && hunks.isEmpty()) {
            refuse("no hunk '@@ -line,count +line,count @@' for " + path);
        }
        changes.add(new Patch.Change(path, hunks));
    }

    private static String pathOf(String line) {
        String path = line.substring(4);
        int tab = path.indexOf('\t');
        path = (tab < 0 ? path : path.substring(0, tab)).strip();
        return path.startsWith("a/") || path.startsWith("b/") ? path.substring(2) : path;
    }

    private void readHunk(List<Patch.Hunk> hunks) {
        Matcher head = HUNK.matcher(lines.get(next));
        if (!head.matches()) {
            refuse("expected '@@ -line,count +line,count @@'");
            return;
        }
        int before = head.group(2) == null ? 1 : Integer.parseInt(head.group(2));
        int after = head.group(3) == null ? 1 : Integer.parseInt(head.group(3));
        // A hunk that removes nothing and has no context names the line before it.
        int start = Integer.parseInt(head.group(1)) + (before == 0 ? 1 : 0);
        List<String> old = new ArrayList<>();
        List<String> fresh = new ArrayList<>();
        next++;
        while (old.size() < before || fresh.size() < after) {
            if (next == lines.size() || !take(lines.get(next), old, fresh) || old.size() > before || fresh.size() > after) {
                refuse("the hunk does not have the " + before + " old and " + after + " new lines that its head names");
                return;
            }
            next++;
        }
        while (next < lines.size() && lines.get(next).startsWith("\\")) {
            next++;
        }
        hunks.add(new Patch.Hunk(start, old, fresh));
    }

    private static boolean take(String line, List<String> old, List<String> fresh) {
        // Some editors strip the blank that marks an empty line of context.
        char mark = line.isEmpty() ? ' ' : line.charAt(0);
        String text = line.isEmpty() ? "" : line.substring(1);
        switch (mark) {
            case ' ' -> {
                old.add(text);
                fresh.add(text);
            }
            case '-' -> old.add(text);
            case '+' -> fresh.add(text);
            case '\\' -> { }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void refuse(String sentence) {
        refusal = "line " + (next + 1) + ": " + sentence;
    }
}
