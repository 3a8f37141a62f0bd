package holdfast.sim.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where a command speaks: answers on one stream, refusals on the other. Colours and the progress bar appear
/// only where a person watches; the script that starts the JVM knows that and passes `-Dholdfast.terminal`.
final class Terminal {

    private static final int BUFFER_BYTES = 1 << 16;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean watched;
    private final boolean coloured;

    Terminal(PrintStream out, PrintStream err, boolean watched, boolean coloured) {
        this.out = out;
        this.err = err;
        this.watched = watched;
        this.coloured = coloured;
    }

    static Terminal ofSystem() {
        boolean watched = Boolean.getBoolean("holdfast.terminal");
        boolean coloured = watched && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        PrintStream out = new PrintStream(new java.io.BufferedOutputStream(
                new FileOutputStream(FileDescriptor.out), BUFFER_BYTES), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        return new Terminal(out, err, watched, coloured);
    }

    /// Whether a person watches, so that a line may be redrawn.
    boolean isWatched() {
        return watched;
    }

    void line(String text) {
        out.print(text);
        out.print('\n');
    }

    void print(String text) {
        out.print(text);
    }

    /// A line that is to be seen at once.
    void lineNow(String text) {
        line(text);
        out.flush();
    }

    /// Text without an end of line; for the progress bar.
    void raw(String text) {
        out.print(text);
        out.flush();
    }

    void flush() {
        out.flush();
    }

    /// True once nobody reads the answers any more, as behind `| head`.
    boolean isClosed() {
        return out.checkError();
    }

    /// Says what is wrong with the input and what would be right.
    int refuse(String sentence) {
        out.flush();
        err.println("holdfast: " + sentence);
        return Main.BAD_INPUT;
    }

    String green(String text) {
        return coloured("32", text);
    }

    String red(String text) {
        return coloured("31", text);
    }

    private String coloured(String colour, String text) {
        return coloured ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
