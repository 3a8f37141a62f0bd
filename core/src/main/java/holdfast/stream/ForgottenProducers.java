package holdfast.stream;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Hasher;
import holdfast.StateSink;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// What a stream still knows of the producers that it has forgotten: by the hash of their ids, in 256 groups, the highest
/// epoch that anyone of the group had. A producer that is unknown must begin above its group's epoch, so a late copy of a
/// forgotten producer's append, whose epoch is at most that, is refused for ever, whatever its seq. The price: a new
/// producer may be refused as well, once, because it shares a group; the answer names the epoch that it has to exceed.
///
/// The groups bound what one producer does to the others: whoever uses the greatest epoch there is takes a 256th of the
/// ids with it, not all.
final class ForgottenProducers {

    /// No producer of the group was forgotten.
    static final long NONE = -1;

    static final int GROUPS = 256;
    private static final int GROUP_BYTES = 1 + 8;

    /// By group; null as long as nobody was forgotten, which is so in nearly every stream.
    private long[] epochs;

    /// The epoch that a producer must exceed if the stream does not know it, or [#NONE].
    long epochOf(String id) {
        return epochs == null ? NONE : epochs[group(id)];
    }

    void add(String id, long epoch) {
        int group = group(id);
        put(group, Math.max(epochs == null ? NONE : epochs[group], epoch));
    }

    private void put(int group, long epoch) {
        if (epochs == null) {
            epochs = new long[GROUPS];
            Arrays.fill(epochs, NONE);
        }
        epochs[group] = epoch;
    }

    /// The last eight bits of the id's SHA-256, cut to 16 bytes.
    private static int group(String id) {
        return (int) (new Hasher().add(Bytes.utf8(id)).finish().low() & (GROUPS - 1));
    }

    private int size() {
        int size = 0;
        for (int group = 0; epochs != null && group < GROUPS; group++) {
            size += epochs[group] == NONE ? 0 : 1;
        }
        return size;
    }

    void describe(StateSink sink) {
        sink.add("groups", size());
        for (int group = 0; epochs != null && group < GROUPS; group++) {
            if (epochs[group] != NONE) {
                sink.add("group", group).add("epoch", epochs[group]);
            }
        }
    }

    long encodedBytes() {
        return Short.BYTES + (long) size() * GROUP_BYTES;
    }

    /// `groups u16`, then each that has an epoch, ascending: `group u8, epoch u64`.
    void encode(ByteBuffer out) {
        out.putShort((short) size());
        for (int group = 0; epochs != null && group < GROUPS; group++) {
            if (epochs[group] != NONE) {
                out.put((byte) group).putLong(epochs[group]);
            }
        }
    }

    static ForgottenProducers decode(ByteBuffer in) {
        ForgottenProducers forgotten = new ForgottenProducers();
        int size = Short.toUnsignedInt(in.getShort());
        Check.that(size <= GROUPS, "groups of forgotten producers", size, GROUPS);
        int last = -1;
        for (int i = 0; i < size; i++) {
            int group = Byte.toUnsignedInt(in.get());
            long epoch = in.getLong();
            Check.that(group > last && epoch >= 0, "groups are in order and have an epoch", group, epoch);
            last = group;
            forgotten.put(group, epoch);
        }
        return forgotten;
    }
}
