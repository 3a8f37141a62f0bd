package holdfast.sim.check.stream.trial;

import holdfast.sim.history.Call;
import holdfast.sim.history.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/// A session is one read after the other. Damage can make its reads overlap, and then it promises nothing: whether
/// the one or the other came first is nobody's to say.
final class Sessions {

    private Sessions() {}

    /// The events with the overlapping sessions taken off their reads.
    static List<Event> inOrder(List<Event> events) {
        TreeSet<Long> overlapping = new TreeSet<>();
        LinkedHashMap<Integer, Long> sessionOf = new LinkedHashMap<>();
        TreeSet<Long> busy = new TreeSet<>();
        for (Event event : events) {
            switch (event) {
                case Event.Invoked invoked -> {
                    long session = session(invoked.call());
                    sessionOf.put(invoked.op(), session);
                    if (!busy.add(session)) {
                        overlapping.add(session);
                    }
                }
                case Event.Answered answered -> busy.remove(sessionOf.get(answered.op()));
            }
        }
        List<Event> ordered = new ArrayList<>();
        for (Event event : events) {
            boolean apart = event instanceof Event.Invoked invoked && overlapping.contains(session(invoked.call()));
            ordered.add(apart ? without((Event.Invoked) event) : event);
        }
        return ordered;
    }

    private static long session(Call call) {
        return switch (call) {
            case Call.Read read -> read.session();
            case Call.Tail tail -> tail.session();
            case Call.Create _, Call.Append _, Call.Close _, Call.Delete _ -> Call.NO_SESSION;
        };
    }

    private static Event without(Event.Invoked event) {
        return switch (event.call()) {
            case Call.Read read -> new Event.Invoked(event.op(), event.client(),
                    new Call.Read(read.stream(), read.from(), read.recordsMax(), read.level(), Call.NO_SESSION));
            case Call.Tail tail -> new Event.Invoked(event.op(), event.client(),
                    new Call.Tail(tail.stream(), tail.level(), Call.NO_SESSION));
            case Call.Create _, Call.Append _, Call.Close _, Call.Delete _ -> event;
        };
    }
}
