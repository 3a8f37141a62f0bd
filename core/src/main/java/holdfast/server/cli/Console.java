package holdfast.server.cli;

import java.io.PrintStream;

/// Where a command speaks.
///
/// @param live whether a person watches: a line may be rewritten
public record Console(PrintStream out, PrintStream err, boolean live) {

    static Console ofSystem() {
        return new Console(System.out, System.err, System.console() != null && System.console().isTerminal());
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    /// Replaces the line that is being shown; only where a person watches.
    void status(String text) {
        out.print("\r\u001b[K" + text);
        out.flush();
    }

    /// One sentence about what is wrong with what was asked.
    int refuse(String sentence) {
        return end(Exit.BAD_INPUT, sentence);
    }

    /// One sentence about what did not work.
    int fail(String sentence) {
        return end(Exit.FAILED, sentence);
    }

    /// A last sentence.
    int end(int exit, String sentence) {
        err.println("holdfast: " + sentence);
        err.flush();
        return exit;
    }
}
