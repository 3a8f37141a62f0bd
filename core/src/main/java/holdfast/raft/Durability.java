package holdfast.raft;

import holdfast.StateSink;
import java.util.ArrayDeque;

/// What the disk has confirmed, by write number. Nothing that this node says about its log may go beyond
/// [#durableIndex].
///
/// Confirmations name a write, not an index: after a truncation the same index may be written again while the
/// old write is still under way, and the old confirmation must not vouch for the new entry (the race that
/// etcd's asynchronous storage had to pin with a test of its own).
final class Durability {

    /// `lastIndex` is the last log index that this write makes durable, lowered when entries are truncated.
    private static final class Pending {
        final long writeNumber;
        final long sinceMicros;
        final long bytes;
        long lastIndex;
        boolean isTruncated;

        Pending(long writeNumber, long sinceMicros, long bytes, long lastIndex) {
            this.writeNumber = writeNumber;
            this.sinceMicros = sinceMicros;
            this.bytes = bytes;
            this.lastIndex = lastIndex;
        }
    }

    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private long durableIndex;
    private long lastWriteNumber;
    private long confirmedMicros;

    /// At start everything recovered is durable: recovery has rewritten what was not proven.
    Durability(long durableIndex) {
        this.durableIndex = durableIndex;
    }

    long durableIndex() {
        return durableIndex;
    }

    /// A number for a write of so many bytes that will make the log durable up to `lastIndex`.
    long wrote(long nowMicros, long bytes, long lastIndex) {
        pending.addLast(new Pending(++lastWriteNumber, nowMicros, bytes, lastIndex));
        return lastWriteNumber;
    }

    /// The log no longer has entries from `from` on.
    void truncated(long from) {
        durableIndex = Math.min(durableIndex, from - 1);
        for (Pending write : pending) {
            if (write.lastIndex >= from) {
                write.lastIndex = from - 1;
                write.isTruncated = true;
            }
        }
    }

    /// A number for a write that adds nothing to the log, such as payloads below a snapshot.
    long wroteBeside(long nowMicros) {
        return wrote(nowMicros, 0, pending.isEmpty() ? durableIndex : pending.getLast().lastIndex);
    }

    /// All writes up to `writeNumber` are on stable storage. Returns whether one of them had lost entries to a
    /// truncation meanwhile.
    boolean confirmed(long nowMicros, long writeNumber) {
        boolean wasTruncated = false;
        confirmedMicros = nowMicros;
        while (!pending.isEmpty() && pending.getFirst().writeNumber <= writeNumber) {
            Pending write = pending.removeFirst();
            durableIndex = Math.max(durableIndex, write.lastIndex);
            wasTruncated |= write.isTruncated;
        }
        return wasTruncated;
    }

    /// Since when the disk has been asked for a write and has confirmed none, or `Long.MAX_VALUE`. A disk that has much to do
    /// and does it is not stuck, however long the last in the queue has to wait.
    long stuckSinceMicros() {
        return pending.isEmpty() ? Long.MAX_VALUE : Math.max(pending.getFirst().sinceMicros, confirmedMicros);
    }

    /// Of the write that the disk is at, or 0.
    long oldestBytes() {
        return pending.isEmpty() ? 0 : pending.getFirst().bytes;
    }

    void describe(StateSink sink) {
        sink.add("durableIndex", durableIndex).add("lastWriteNumber", lastWriteNumber).add("pendingWrites", pending.size());
    }
}
