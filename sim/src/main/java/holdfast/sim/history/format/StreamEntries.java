package holdfast.sim.history.format;

import holdfast.sim.history.Answer;
import holdfast.sim.history.Event;
import holdfast.sim.history.History;
import holdfast.sim.history.format.StreamWords.Fields;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.TreeSet;

/// A [History] as events under Jepsen's rules: a process whose operation came to nothing certain never acts again, so
/// the client goes on as a new one. Process `p` is client `p mod clients`; the header tells how many clients there are.
public final class StreamEntries implements Entries {

    private final Iterator<Event> events;
    private final long clients;
    private final LinkedHashMap<Integer, Long> processOfClient = new LinkedHashMap<>();
    private final LinkedHashMap<Integer, Long> processOfOp = new LinkedHashMap<>();
    private final LinkedHashMap<Integer, Event.Invoked> calls = new LinkedHashMap<>();
    /// Those with an operation that is open or came to nothing certain.
    private final TreeSet<Long> busy = new TreeSet<>();
    private int line;

    public StreamEntries(History history) {
        events = history.events().iterator();
        int highest = -1;
        for (Event event : history.events()) {
            highest = event instanceof Event.Invoked invoked ? Math.max(highest, invoked.client()) : highest;
        }
        clients = highest + 1L;
    }

    @Override
    public Entry next() {
        if (!events.hasNext()) {
            return null;
        }
        line++;
        return switch (events.next()) {
            case Event.Invoked invoked -> {
                long process = freeProcess(invoked.client());
                processOfOp.put(invoked.op(), process);
                calls.put(invoked.op(), invoked);
                yield entry(process, Entry.Type.INVOKE, StreamWords.f(invoked.call()), StreamWords.value(invoked.call()));
            }
            case Event.Answered answered -> {
                Event.Invoked invoked = calls.remove(answered.op());
                long process = processOfOp.remove(answered.op());
                Entry.Type type = type(answered.answer());
                if (type != Entry.Type.INFO) {
                    busy.remove(process);
                }
                Datum value = type == Entry.Type.OK ? StreamWords.value(answered.answer()) : Datum.NIL;
                yield entry(process, type, StreamWords.f(invoked.call()), value);
            }
        };
    }

    /// The client's process, or its next one when that one is busy or lost.
    private long freeProcess(int client) {
        long process = processOfClient.getOrDefault(client, (long) client);
        process += busy.contains(process) ? clients : 0;
        processOfClient.put(client, process);
        busy.add(process);
        return process;
    }

    private static Entry.Type type(Answer answer) {
        return switch (answer) {
            case Answer.NotWritten _, Answer.Nothing _ -> Entry.Type.FAIL;
            case Answer.Unknown _ -> Entry.Type.INFO;
            case Answer.Created _, Answer.AlreadyExists _, Answer.Appended _, Answer.DuplicateForgotten _,
                    Answer.Closed _, Answer.Deleted _, Answer.NoSuchStream _, Answer.WrongTail _, Answer.StreamClosed _,
                    Answer.SequenceGap _, Answer.Fenced _, Answer.ProducerForgotten _, Answer.Records _, Answer.TailIs _,
                    Answer.PastTail _ ->
                Entry.Type.OK;
        };
    }

    private Entry entry(long process, Entry.Type type, String f, Datum value) {
        Datum.Table fields = new Fields()
                .put("process", process)
                .put("type", new Datum.Word(type.written()))
                .put("f", new Datum.Word(f))
                .put("value", value)
                .table();
        return new Entry(line, Long.toString(process), type, f, value, fields);
    }

    @Override
    public Damage damage() {
        return null;
    }

    @Override
    public Datum.Table header() {
        return new Fields().put(JsonLines.VERSION_NAME, JsonLines.VERSION).put("clients", clients).table();
    }
}
