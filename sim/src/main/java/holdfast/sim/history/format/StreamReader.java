package holdfast.sim.history.format;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Calls and answers on streams from the events that [StreamWords] describes. Keeps the first thing that is wrong.
public final class StreamReader {

    private String complaint = "";

    /// What was wrong with the last event, or an empty text.
    public String complaint() {
        return complaint;
    }

    private void complain(String sentence) {
        if (complaint.isEmpty()) {
            complaint = sentence;
        }
    }

    /// What an invocation asks for; harmless when [#complaint] is not empty.
    public Call call(Entry entry) {
        complaint = "";
        if (!(entry.value() instanceof Datum.Table value)) {
            complain("the value of '" + entry.f() + "' is no map with the name of a stream");
            return new Call.Create("");
        }
        String stream = text(value, "stream");
        return switch (entry.f()) {
            case "create" -> new Call.Create(stream);
            case "append" -> new Call.Append(
                    stream, records(value), number(value, "expected", Command.ANY_TAIL), producer(value), flag(value, "close"));
            case "read" -> new Call.Read(
                    stream, number(value, "from", 0), max(value), level(value), number(value, "session", Call.NO_SESSION));
            case "tail" -> new Call.Tail(stream, level(value), number(value, "session", Call.NO_SESSION));
            case "close" -> new Call.Close(stream);
            case "delete" -> new Call.Delete(stream);
            default -> {
                complain("'" + entry.f() + "' is no operation of a stream");
                yield new Call.Create(stream);
            }
        };
    }

    private int max(Datum.Table value) {
        return (int) Math.min(Integer.MAX_VALUE, number(value, "max", Integer.MAX_VALUE));
    }

    /// What a completion tells; harmless when [#complaint] is not empty.
    public Answer answer(Call call, Entry entry) {
        complaint = "";
        boolean read = call instanceof Call.Read || call instanceof Call.Tail;
        return switch (entry.type()) {
            case INVOKE -> throw new IllegalArgumentException("an invocation is no answer");
            case FAIL -> read ? new Answer.Nothing() : new Answer.NotWritten();
            case INFO -> read ? new Answer.Nothing() : new Answer.Unknown();
            case OK -> {
                if (entry.value() instanceof Datum.Table value) {
                    yield value.get("refused") == null ? done(call, value) : refused(value);
                }
                complain("the value of an ok is no map");
                yield new Answer.Nothing();
            }
        };
    }

    private Answer done(Call call, Datum.Table value) {
        return switch (call) {
            case Call.Create _ -> value.get("exists") == null
                    ? new Answer.Created(number(value, "created", Answer.INCARNATION_UNTOLD))
                    : new Answer.AlreadyExists(number(value, "exists"), number(value, "tail"), flag(value, "closed"));
            case Call.Append _ -> value.get("forgotten") == null
                    ? new Answer.Appended(
                            number(value, "first"), number(value, "next"), flag(value, "duplicate"), flag(value, "closed"))
                    : new Answer.DuplicateForgotten(number(value, "forgotten"), number(value, "tail"));
            case Call.Read read -> new Answer.Records(
                    number(value, "from", read.from()), records(value), number(value, "tail"), flag(value, "closed"));
            case Call.Tail _ -> new Answer.TailIs(number(value, "tail"), flag(value, "closed"));
            case Call.Close _ -> new Answer.Closed(number(value, "tail"));
            case Call.Delete _ -> new Answer.Deleted();
        };
    }

    private Answer refused(Datum.Table value) {
        String refusal = text(value, "refused");
        return switch (refusal) {
            case "no-such-stream" -> new Answer.NoSuchStream();
            case "wrong-tail" -> new Answer.WrongTail(number(value, "tail"));
            case "stream-closed" -> new Answer.StreamClosed(number(value, "tail"));
            case "forgotten" -> new Answer.ProducerForgotten(number(value, "epoch"));
            case "gap" -> new Answer.SequenceGap(number(value, "expected"));
            case "fenced" -> new Answer.Fenced(number(value, "epoch"));
            case "past-tail" -> new Answer.PastTail(number(value, "tail"));
            default -> {
                complain("'" + refusal + "' is no refusal of a stream");
                yield new Answer.Nothing();
            }
        };
    }

    private String text(Datum.Table value, String name) {
        Datum found = value.get(name);
        String text = found == null ? "" : found.name();
        if (text.isEmpty()) {
            complain("there is no '" + name + "'");
        }
        return text;
    }

    private boolean flag(Datum.Table value, String name) {
        Datum found = value.get(name);
        if (found == null || found instanceof Datum.Flag) {
            return found instanceof Datum.Flag(boolean set) && set;
        }
        complain("'" + name + "' is neither true nor false");
        return false;
    }

    private long number(Datum.Table value, String name) {
        if (value.get(name) == null) {
            complain("there is no '" + name + "'");
        }
        return number(value, name, 0);
    }

    private long number(Datum.Table value, String name, long otherwise) {
        Datum found = value.get(name);
        if (found == null || found.isNil()) {
            return otherwise;
        }
        if (found instanceof Datum.Number(long number)) {
            return number;
        }
        complain("'" + name + "' is no whole number");
        return 0;
    }

    private Level level(Datum.Table value) {
        Datum level = value.get("level");
        if (level == null || level.isNamed("linearizable")) {
            return Level.LINEARIZABLE;
        }
        if (!level.isNamed("local")) {
            complain("a level is linearizable or local");
        }
        return Level.LOCAL;
    }

    private Command.Producer producer(Datum.Table value) {
        Datum found = value.get("producer");
        if (found == null || found.isNil()) {
            return Command.Producer.NONE;
        }
        List<Datum> items = found.list();
        if (items.size() == 3
                && !items.get(0).name().isEmpty()
                && items.get(1) instanceof Datum.Number(long epoch)
                && items.get(2) instanceof Datum.Number(long seq)) {
            return new Command.Producer(items.getFirst().name(), epoch, seq);
        }
        complain("a producer is [id epoch seq]");
        return Command.Producer.NONE;
    }

    private List<Bytes> records(Datum.Table value) {
        Datum found = value.get("records");
        if (!(found instanceof Datum.Row(List<Datum> items))) {
            complain("'records' is no list");
            return List.of();
        }
        List<Bytes> records = new ArrayList<>(items.size());
        for (Datum item : items) {
            records.add(record(item));
        }
        return records;
    }

    private Bytes record(Datum item) {
        return switch (item) {
            case Datum.Text text -> Bytes.utf8(text.text());
            case Datum.Number number -> Bytes.utf8(Long.toString(number.value()));
            case Datum.Table table when table.get("hex") instanceof Datum.Text(String hex) -> hex(hex);
            default -> {
                complain("a record is a text or a map with 'hex'");
                yield Bytes.EMPTY;
            }
        };
    }

    private Bytes hex(String digits) {
        if (digits.length() % 2 == 1 || !digits.matches("[0-9a-f]*")) {
            complain("'hex' is no even number of lower-case hexadecimal digits");
            return Bytes.EMPTY;
        }
        return Bytes.wrap(HexFormat.of().parseHex(digits));
    }
}
