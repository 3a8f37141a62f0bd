package holdfast.stream;

import holdfast.Check;
import holdfast.StateSink;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// What makes a gateway's retry safe (thesis §6.3, the client's session): the outcome of every request that it
/// may still send again. So a node that passed a write to a leader which then died can send it to the next
/// one, and it is done once, whoever the client is.
///
/// A gateway names with each request the lowest number it may still repeat; outcomes below are dropped, and a
/// late copy of such a request is refused instead of being done again. Without that floor the table would have
/// to guess how long a packet can live.
///
/// **Forgetting.** A gateway that starts anew begins a new session; the old one is dropped, and what is late
/// of it refused. The table holds [#GATEWAYS_MAX] gateways and [#REQUESTS_MAX] outcomes of each; beyond that
/// the one silent for longest and the lowest number go, and the floor rises past it.
final class Sessions {

    static final int GATEWAYS_MAX = 64;
    static final int REQUESTS_MAX = 4_096;

    private static final int SESSION_BYTES = 4 + 8 + 8 + 4;

    /// In the order of their last request.
    private final LinkedHashMap<Integer, Session> gateways = new LinkedHashMap<>();

    private static final class Session {
        private final long id;
        private final TreeMap<Long, Outcome> outcomes = new TreeMap<>();
        private long floor;

        Session(long id) {
            this.id = id;
        }

        void raiseFloor(long to) {
            floor = Math.max(floor, to);
            outcomes.headMap(floor).clear();
        }
    }

    /// The answer to a request that was done before or must not be done any more; null if it is new, or nobody's.
    Outcome answer(Stamp stamp) {
        Session session = stamp.isRequest() ? gateways.get(stamp.gateway()) : null;
        if (session == null || stamp.session() > session.id) {
            return null;
        }
        boolean isLate = stamp.session() < session.id || stamp.number() < session.floor;
        return isLate ? new Outcome.RequestForgotten(session.id) : session.outcomes.get(stamp.number());
    }

    /// Remembers the outcome of a request that was new.
    void done(Stamp stamp, Outcome outcome) {
        if (!stamp.isRequest()) {
            return;
        }
        Session session = gateways.get(stamp.gateway());
        if (session == null || stamp.session() > session.id) {
            session = new Session(stamp.session());
        }
        session.outcomes.put(stamp.number(), outcome);
        session.raiseFloor(stamp.floor());
        if (session.outcomes.size() > REQUESTS_MAX) {
            session.raiseFloor(session.outcomes.firstKey() + 1);
        }
        gateways.putLast(stamp.gateway(), session);
        if (gateways.size() > GATEWAYS_MAX) {
            gateways.pollFirstEntry();
        }
    }

    void describe(StateSink sink) {
        sink.add("gateways", gateways.size());
        for (Map.Entry<Integer, Session> entry : gateways.entrySet()) {
            Session session = entry.getValue();
            sink.begin("session").add("gateway", entry.getKey()).add("id", session.id).add("floor", session.floor);
            sink.add("outcomes", session.outcomes.size());
            for (Map.Entry<Long, Outcome> outcome : session.outcomes.entrySet()) {
                sink.add("number", outcome.getKey()).add("outcome", OutcomeCodec.encoded(outcome.getValue()));
            }
            sink.end();
        }
    }

    // ---- image ---------------------------------------------------------------------------------------------

    long encodedBytes() {
        long bytes = Integer.BYTES;
        for (Session session : gateways.values()) {
            bytes += SESSION_BYTES;
            for (Outcome outcome : session.outcomes.values()) {
                bytes += Long.BYTES + OutcomeCodec.encodedBytes(outcome);
            }
        }
        return bytes;
    }

    /// `gateways u32`, then each in the order of its last request: `gateway u32, session u64, floor u64,
    /// outcomes u32`, and each in the order of its number: `number u64`, outcome ([OutcomeCodec]).
    void encode(ByteBuffer out) {
        out.putInt(gateways.size());
        for (Map.Entry<Integer, Session> entry : gateways.entrySet()) {
            Session session = entry.getValue();
            out.putInt(entry.getKey()).putLong(session.id).putLong(session.floor).putInt(session.outcomes.size());
            for (Map.Entry<Long, Outcome> outcome : session.outcomes.entrySet()) {
                out.putLong(outcome.getKey());
                OutcomeCodec.encode(outcome.getValue(), out);
            }
        }
    }

    static Sessions decode(ByteBuffer in) {
        Sessions sessions = new Sessions();
        int count = ImageBytes.count(in, SESSION_BYTES);
        for (int i = 0; i < count; i++) {
            int gateway = in.getInt();
            Session session = new Session(in.getLong());
            session.floor = in.getLong();
            int outcomes = ImageBytes.count(in, Long.BYTES + 1);
            for (int j = 0; j < outcomes; j++) {
                long number = in.getLong();
                Outcome outcome = OutcomeCodec.decode(in);
                Check.that(outcome != null, "an image holds outcomes that are known");
                session.outcomes.put(number, outcome);
            }
            Check.that(session.outcomes.size() == outcomes, "a request stands once in its session");
            Check.that(sessions.gateways.put(gateway, session) == null, "a gateway has one session");
        }
        return sessions;
    }
}
