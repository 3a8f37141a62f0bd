package holdfast.sim.cli;

import holdfast.sim.history.HistoryText;
import holdfast.sim.plan.Plan;
import holdfast.sim.run.Verdict;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// `./holdfast replay`: one universe, told event by event.
final class ReplayCommand {

    private final Arguments arguments;
    private final Terminal terminal;

    ReplayCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
    }

    int run() {
        return switch (Universes.ofOperand(arguments)) {
            case Input.Bad<Plan>(String sentence) -> terminal.refuse(sentence);
            case Input.Good<Plan>(Plan plan) -> replay(plan);
        };
    }

    private int replay(Plan plan) {
        long node = arguments.number("--state", 1);
        if (node < 1 || node > plan.cluster().nodes()) {
            return terminal.refuse("--state " + node + ": the universe has nodes 1 to " + plan.cluster().nodes());
        }
        if (arguments.has("--save-plan")) {
            try {
                Files.writeString(Path.of(arguments.text("--save-plan", "")), Universes.text(plan));
            } catch (IOException failed) {
                return terminal.refuse("cannot write the plan " + Failures.of(failed) + "; name another file");
            }
        }
        Optional<Path> file = arguments.file("--trace");
        Writer writer;
        try {
            writer = file.isPresent() ? Files.newBufferedWriter(file.get()) : new BufferedWriter(new TerminalWriter(terminal));
        } catch (IOException failed) {
            return terminal.refuse("cannot write the trace " + Failures.of(failed) + "; name another file with --trace");
        }
        Optional<LineWriter> history;
        try {
            history = historyWriter();
        } catch (IOException failed) {
            return terminal.refuse("cannot write the history " + Failures.of(failed) + "; name another file with --history");
        }
        TraceWriter trace = new TraceWriter(writer, arguments.has("--causes"), history);
        Verdict verdict = Universes.runUntil(plan, trace, arguments.number("--until", Long.MAX_VALUE));
        String end = end(verdict);
        trace.write(end);
        if (arguments.has("--state")) {
            trace.write("\nnode " + node + " after event " + verdict.events() + "\n"
                    + Universes.state(plan, verdict.events(), (int) node).stripTrailing());
        }
        Optional<IOException> failure = trace.close();
        Optional<IOException> lost = history.flatMap(LineWriter::close);
        if (lost.isPresent()) {
            return terminal.refuse("cannot write the history " + arguments.file("--history").orElseThrow() + ": "
                    + lost.get().getMessage() + "; free space or name another file with --history");
        }
        if (file.isPresent()) {
            if (failure.isPresent()) {
                return terminal.refuse("cannot write the trace " + file.get() + ": " + failure.get().getMessage()
                        + "; free space or name another file with --trace");
            }
            terminal.line(end);
        }
        return verdict.passed() ? Main.HOLDS : Main.FAILED;
    }

    private Optional<LineWriter> historyWriter() throws IOException {
        Optional<Path> file = arguments.file("--history");
        return file.isPresent()
                ? Optional.of(new LineWriter(Files.newBufferedWriter(file.get()), HistoryText.HEADER))
                : Optional.empty();
    }

    private String end(Verdict verdict) {
        String stopped = arguments.has("--until") ? " up to event " + verdict.events() : "";
        String judgement = verdict.passed() ? "passed" + stopped : "FAILED " + verdict.oracle() + ": " + verdict.failure();
        return String.format(Locale.ROOT,
                "verdict: %s\n%,d events, %s simulated seconds, %,d appends, %,d acknowledged, %,d with an unknown outcome\n",
                judgement, verdict.events(), TraceColumns.seconds(verdict.simulatedMicros()), verdict.appends(),
                verdict.acknowledged(), verdict.unknown())
                + "trace hash " + HexFormat.of().toHexDigits(verdict.traceHash());
    }

    /// Lets the trace go through the terminal's own buffer; closing it leaves the terminal open.
    private static final class TerminalWriter extends Writer {

        private final Terminal terminal;

        private TerminalWriter(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            terminal.print(new String(text, from, length));
            if (terminal.isClosed()) {
                throw new IOException("nobody reads");
            }
        }

        @Override
        public void flush() {
            terminal.flush();
        }

        @Override
        public void close() {
            terminal.flush();
        }
    }
}
