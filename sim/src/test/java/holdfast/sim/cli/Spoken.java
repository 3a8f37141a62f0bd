package holdfast.sim.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A command line and what came of it.
record Spoken(int exit, List<String> out, List<String> err) {

    /// A terminal nobody watches, whose words can be read afterwards.
    static final class Ear {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();

        final Terminal terminal = new Terminal(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false, false);

        Spoken heard(int exit) {
            terminal.flush();
            return new Spoken(exit, out.toString(StandardCharsets.UTF_8).lines().toList(),
                    err.toString(StandardCharsets.UTF_8).lines().toList());
        }
    }

    static Spoken by(String... words) {
        Ear ear = new Ear();
        return ear.heard(Main.run(List.of(words), ear.terminal));
    }

    String last() {
        return out.getLast();
    }
}
