package holdfast.sim.check.format;

import holdfast.sim.check.general.BigRegister;
import holdfast.sim.check.general.Op;
import holdfast.sim.check.general.OpLog;
import holdfast.sim.check.general.Outcome;
import holdfast.sim.check.general.spec.KeyValue;
import holdfast.sim.check.general.spec.Register;
import holdfast.sim.check.stream.BigHistory;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Event;
import holdfast.sim.history.History;
import holdfast.sim.history.format.StreamEntries;
import holdfast.sim.history.format.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Writes long histories as files: of registers and key-value stores, which other checkers read too, so that all are
/// measured on the same ones; and of streams. Not a test:
///
///     java -cp core/target/classes:sim/target/classes:sim/target/test-classes holdfast.sim.check.format.BenchFiles FOLDER
final class BenchFiles {

    private static final int SEED = 7;
    private static final int KEYS = 50;

    private BenchFiles() {}

    public static void main(String[] words) throws IOException {
        Path folder = Files.createDirectories(Path.of(words[0]));
        for (int operations : new int[] {100, 10_000, 1_000_000}) {
            History good = BigHistory.of(operations, 10, 10, SEED);
            stream(folder.resolve("stream-" + operations + "-ok.jsonl"), good);
            stream(folder.resolve("stream-" + operations + "-bad.jsonl"), spoilt(good));
        }
        for (boolean bad : new boolean[] {false, true}) {
            for (int operations : new int[] {1_000, 10_000, 100_000}) {
                for (int clients : new int[] {5, 10, 20}) {
                    BigRegister.Shape shape = new BigRegister.Shape(operations, clients, 0, bad);
                    String name = "-c" + clients + "-" + operations + (bad ? "-bad" : "-ok");
                    Files.writeString(folder.resolve("register" + name + ".log"), text(BigRegister.register(shape, SEED)));
                    Files.writeString(folder.resolve("kv" + name + ".txt"), keyed(BigRegister.keyValue(shape, KEYS, SEED)));
                }
            }
        }
    }

    private static void stream(Path file, History history) throws IOException {
        Files.writeString(file, Writer.jsonLines(new StreamEntries(history)));
    }

    /// The same, but one check of the tail at three quarters tells the one of ten records earlier.
    private static History spoilt(History history) {
        History spoilt = new History();
        boolean planted = false;
        for (Event event : history.events()) {
            switch (event) {
                case Event.Invoked invoked -> spoilt.invoked(invoked.client(), invoked.call());
                case Event.Answered answered -> {
                    boolean here = !planted && answered.op() > history.operations() * 3 / 4
                            && answered.answer() instanceof Answer.TailIs;
                    planted |= here;
                    spoilt.answered(answered.op(), here ? stale(answered.answer()) : answered.answer());
                }
            }
        }
        return spoilt;
    }

    private static Answer stale(Answer told) {
        return told instanceof Answer.TailIs tail ? new Answer.TailIs(tail.tail() - 10, tail.closed()) : told;
    }

    /// In order of time: the operation, `+ 1`, and negative for a return. What never returned is left out.
    private static <I, O> int[] events(OpLog<I, O> log) {
        int[] events = new int[log.size() * 2];
        for (Op<I, O> op : log.ops()) {
            if (op.returned() != Op.NEVER) {
                events[op.called()] = op.number() + 1;
                events[op.returned()] = -op.number() - 1;
            }
        }
        return Arrays.stream(events).filter(event -> event != 0).toArray();
    }

    /// As `jepsen.util` logs it.
    private static String text(OpLog<Register.Input, Register.Output> log) {
        StringBuilder out = new StringBuilder();
        List<Op<Register.Input, Register.Output>> ops = log.ops();
        for (int event : events(log)) {
            Op<Register.Input, Register.Output> op = ops.get(Math.abs(event) - 1);
            String type = event > 0 ? "invoke" : swapFailed(op) ? "fail" : "ok";
            String call = switch (op.input()) {
                case Register.Input.Read _ -> ":read\t" + (event > 0 ? "nil" : value(op));
                case Register.Input.Write write -> ":write\t" + write.value();
                case Register.Input.Swap swap -> ":cas\t[" + swap.expected() + " " + swap.value() + "]";
            };
            out.append("INFO  jepsen.util - ").append(op.client()).append("\t:").append(type);
            out.append('\t').append(call).append('\n');
        }
        return out.toString();
    }

    private static boolean swapFailed(Op<Register.Input, Register.Output> op) {
        return op.outcome() instanceof Outcome.Ok<Register.Output>(Register.Output.Swapped(boolean done)) && !done;
    }

    private static String value(Op<Register.Input, Register.Output> op) {
        return op.outcome() instanceof Outcome.Ok<Register.Output>(Register.Output.Value(String value)) ? value : "nil";
    }

    /// As Porcupine's key-value data are.
    private static String keyed(OpLog<KeyValue.Input, KeyValue.Output> log) {
        StringBuilder out = new StringBuilder();
        List<Op<KeyValue.Input, KeyValue.Output>> ops = log.ops();
        for (int event : events(log)) {
            Op<KeyValue.Input, KeyValue.Output> op = ops.get(Math.abs(event) - 1);
            String f = switch (op.input()) {
                case KeyValue.Input.Get _ -> "get";
                case KeyValue.Input.Put _ -> "put";
                case KeyValue.Input.Append _ -> "append";
            };
            out.append("{:process ").append(op.client()).append(", :type :").append(event > 0 ? "invoke" : "ok");
            out.append(", :f :").append(f).append(", :key \"").append(op.input().key()).append("\", :value ");
            out.append(told(op, event > 0)).append("}\n");
        }
        return out.toString();
    }

    private static String told(Op<KeyValue.Input, KeyValue.Output> op, boolean called) {
        return switch (op.input()) {
            case KeyValue.Input.Put put -> '"' + put.value() + '"';
            case KeyValue.Input.Append append -> '"' + append.value() + '"';
            case KeyValue.Input.Get _ -> called
                    ? "nil"
                    : op.outcome() instanceof Outcome.Ok<KeyValue.Output>(KeyValue.Output.Value(String value))
                            ? '"' + value + '"'
                            : "nil";
        };
    }
}
