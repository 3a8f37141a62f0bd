package holdfast.sim.history.format;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A call or answer on a stream as the `f` and the `value` of an event. What has a default is left out.
///
/// | f | value when invoked | value when ok |
/// |---|---|---|
/// | create | stream | created (its incarnation), or exists, tail, closed |
/// | append | stream, records, expected, producer [id epoch seq], close | first, next, duplicate, closed; or forgotten, tail |
/// | read | stream, from, max, level, session | from, records, tail, closed |
/// | tail | stream, level, session | tail, closed |
/// | close | stream | tail |
/// | delete | stream | deleted |
///
/// A refusal is an ok as well: `refused` with its name, and what it saw.
final class StreamWords {

    private StreamWords() {}

    /// A table under construction.
    static final class Fields {

        private final List<Datum> keys = new ArrayList<>();
        private final List<Datum> values = new ArrayList<>();

        Fields put(String name, Datum value) {
            keys.add(new Datum.Word(name));
            values.add(value);
            return this;
        }

        Fields put(String name, long value) {
            return put(name, new Datum.Number(value));
        }

        Fields put(String name, String value) {
            return put(name, new Datum.Text(value));
        }

        Fields putIf(boolean present, String name, Datum value) {
            return present ? put(name, value) : this;
        }

        Datum.Table table() {
            return new Datum.Table(keys, values);
        }
    }

    static String f(Call call) {
        return switch (call) {
            case Call.Create _ -> "create";
            case Call.Append _ -> "append";
            case Call.Read _ -> "read";
            case Call.Tail _ -> "tail";
            case Call.Close _ -> "close";
            case Call.Delete _ -> "delete";
        };
    }

    static Datum.Table value(Call call) {
        Fields fields = new Fields().put("stream", call.stream());
        return switch (call) {
            case Call.Create _, Call.Close _, Call.Delete _ -> fields.table();
            case Call.Append append -> fields.put("records", records(append.records()))
                    .putIf(append.expectedTail() != Command.ANY_TAIL, "expected", new Datum.Number(append.expectedTail()))
                    .putIf(!append.producer().isNone(), "producer", producer(append.producer()))
                    .putIf(append.close(), "close", Datum.YES)
                    .table();
            case Call.Read read ->
                level(fields.put("from", read.from()).put("max", read.recordsMax()), read.level(), read.session());
            case Call.Tail tail -> level(fields, tail.level(), tail.session());
        };
    }

    private static Datum.Table level(Fields fields, Level level, long session) {
        return fields.putIf(level == Level.LOCAL, "level", new Datum.Text("local"))
                .putIf(session != Call.NO_SESSION, "session", new Datum.Number(session))
                .table();
    }

    private static Datum producer(Command.Producer producer) {
        return new Datum.Row(List.of(
                new Datum.Text(producer.id()), new Datum.Number(producer.epoch()), new Datum.Number(producer.seq())));
    }

    static Datum records(List<Bytes> records) {
        List<Datum> items = new ArrayList<>(records.size());
        for (Bytes record : records) {
            items.add(record(record));
        }
        return new Datum.Row(items);
    }

    /// A text where the bytes are one, else `{"hex": "..."}`.
    private static Datum record(Bytes record) {
        String text = record.utf8();
        return Bytes.utf8(text).equals(record)
                ? new Datum.Text(text)
                : new Fields().put("hex", HexFormat.of().formatHex(record.toArray())).table();
    }

    /// Only for answers that are an ok: all but [Answer.NotWritten], [Answer.Unknown] and [Answer.Nothing].
    static Datum.Table value(Answer answer) {
        Fields fields = new Fields();
        return switch (answer) {
            case Answer.Created created -> fields.put("created", created.incarnation()).table();
            case Answer.AlreadyExists there ->
                closed(fields.put("exists", there.incarnation()).put("tail", there.tail()), there.closed());
            case Answer.Appended a -> closed(
                    fields.put("first", a.first()).put("next", a.next()).putIf(a.duplicate(), "duplicate", Datum.YES),
                    a.closed());
            case Answer.DuplicateForgotten f -> fields.put("forgotten", f.lastSeq()).put("tail", f.tail()).table();
            case Answer.Closed closed -> fields.put("tail", closed.tail()).table();
            case Answer.Deleted _ -> fields.put("deleted", Datum.YES).table();
            case Answer.NoSuchStream _ -> fields.put("refused", "no-such-stream").table();
            case Answer.WrongTail wrong -> fields.put("refused", "wrong-tail").put("tail", wrong.tail()).table();
            case Answer.StreamClosed closed -> fields.put("refused", "stream-closed").put("tail", closed.tail()).table();
            case Answer.ProducerForgotten f -> fields.put("refused", "forgotten").put("epoch", f.epoch()).table();
            case Answer.SequenceGap gap -> fields.put("refused", "gap").put("expected", gap.expectedSeq()).table();
            case Answer.Fenced fenced -> fields.put("refused", "fenced").put("epoch", fenced.currentEpoch()).table();
            case Answer.PastTail past -> fields.put("refused", "past-tail").put("tail", past.tail()).table();
            case Answer.Records r -> closed(
                    fields.put("from", r.from()).put("records", records(r.records())).put("tail", r.tail()), r.closed());
            case Answer.TailIs tail -> closed(fields.put("tail", tail.tail()), tail.closed());
            case Answer.NotWritten _, Answer.Unknown _, Answer.Nothing _ -> fields.table();
        };
    }

    private static Datum.Table closed(Fields fields, boolean closed) {
        return fields.putIf(closed, "closed", Datum.YES).table();
    }
}
