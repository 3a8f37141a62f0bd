package holdfast.sim.check.general.spec;

import holdfast.Bytes;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/// Everything that ever happened to a stream, as a chain from the newest transition back to the first. Equal chains
/// are one object, so that comparing two states of a stream costs nothing.
final class StreamLog {

    /// What a transition did.
    enum Kind {
        ABSENT,
        CREATE,
        APPEND,
        CLOSE,
        DELETE
    }

    private record Key(int parent, Kind kind, List<Bytes> records, Command.Producer producer, boolean close) {}

    /// The links of every chain by what they are; the only thing about a log that changes.
    private final LinkedHashMap<Key, Link> links = new LinkedHashMap<>();

    /// One transition and all before it.
    static final class Link {

        private final int number;
        final Link parent;
        final Kind kind;
        /// How many transitions came before.
        final int depth;
        final boolean exists;
        final long tail;
        final boolean closed;
        final List<Bytes> records;
        final Command.Producer producer;
        /// The producer's append before this one, and each producer's last one by now.
        private final Link previous;
        private final TreeMap<String, Link> lastOf;

        private Link(int number, Link parent, Key key) {
            this.number = number;
            this.parent = parent;
            kind = key.kind();
            records = key.records();
            producer = key.producer();
            depth = parent == null ? 0 : parent.depth + 1;
            exists = kind != Kind.ABSENT && kind != Kind.DELETE;
            tail = kind == Kind.APPEND ? parent.tail + records.size() : kind == Kind.CLOSE ? parent.tail : 0;
            closed = key.close();
            boolean goesOn = kind == Kind.APPEND || kind == Kind.CLOSE;
            TreeMap<String, Link> known = goesOn ? parent.lastOf : new TreeMap<>();
            if (kind == Kind.APPEND && !producer.isNone()) {
                previous = known.get(producer.id());
                lastOf = new TreeMap<>(known);
                lastOf.put(producer.id(), this);
            } else {
                previous = null;
                lastOf = known;
            }
        }

        /// The last append of a producer, or null.
        Link lastOf(String producer) {
            return lastOf.get(producer);
        }

        /// This append of a producer or the one before it with that seq in the same epoch, or null.
        Link backTo(long epoch, long seq) {
            Link link = this;
            while (link != null && link.producer.epoch() == epoch && link.producer.seq() > seq) {
                link = link.previous;
            }
            boolean found = link != null && link.producer.epoch() == epoch && link.producer.seq() == seq;
            return found ? link : null;
        }

        /// Where the records of an append begin.
        long first() {
            return tail - records.size();
        }

        /// Up to `max` records from `from` on.
        List<Bytes> records(long from, int max) {
            long end = Math.min(tail, from + max);
            List<Bytes> reversed = new ArrayList<>();
            for (Link link = this; link.tail > from; link = link.parent) {
                if (link.kind != Kind.APPEND) {
                    continue;
                }
                for (long offset = Math.min(link.tail, end) - 1; offset >= Math.max(from, link.first()); offset--) {
                    reversed.add(link.records.get((int) (offset - link.first())));
                }
            }
            return List.copyOf(reversed.reversed());
        }

        /// Chains are interned, so two that are equal are the same.
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    /// The beginning of every chain: no stream, or an empty one.
    Link beginning(boolean exists) {
        return link(null, new Key(-1, exists ? Kind.CREATE : Kind.ABSENT, List.of(), Command.Producer.NONE, false));
    }

    Link created(Link before) {
        return link(before, new Key(before.number, Kind.CREATE, List.of(), Command.Producer.NONE, false));
    }

    Link appended(Link before, List<Bytes> records, Command.Producer producer, boolean close) {
        return link(before, new Key(before.number, Kind.APPEND, records, producer, close));
    }

    Link closed(Link before) {
        return link(before, new Key(before.number, Kind.CLOSE, List.of(), Command.Producer.NONE, true));
    }

    Link deleted(Link before) {
        return link(before, new Key(before.number, Kind.DELETE, List.of(), Command.Producer.NONE, false));
    }

    private Link link(Link parent, Key key) {
        Link known = links.get(key);
        if (known == null) {
            known = new Link(links.size(), parent, key);
            links.put(key, known);
        }
        return known;
    }
}
