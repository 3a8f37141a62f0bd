package holdfast.stream;

import holdfast.Check;
import holdfast.StateSink;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Where a stream's records are: its extents in order of offset, side by side without a hole, and so in order
/// of log index too. Four arrays and two binary searches; 24 bytes per append.
///
/// ```
/// base    0     3     4          the append at index 12 holds offset 3
/// count   3     1     5
/// bytes  21     7    35          what its records take together
/// index   9    12    31          start = 0, end = 9
/// ```
final class ExtentIndex {

    static final int EXTENT_BYTES = 4 + 4 + 8;

    private static final int FIRST_CAPACITY = 4;

    private long[] base = new long[FIRST_CAPACITY];
    private int[] count = new int[FIRST_CAPACITY];
    private int[] bytes = new int[FIRST_CAPACITY];
    private long[] index = new long[FIRST_CAPACITY];
    private final long start;
    private int size;
    private long end;

    /// Extents from offset `start` on; what a fork shares lies below.
    ExtentIndex(long start) {
        this.start = start;
        end = start;
    }

    long start() {
        return start;
    }

    /// The offset behind the last extent.
    long end() {
        return end;
    }

    int size() {
        return size;
    }

    /// Records `[end, end + records)`, together `recordBytes` long, stand in the log entry at `entryIndex`.
    void add(int records, int recordBytes, long entryIndex) {
        Check.that(records > 0 && recordBytes >= 0, "an extent holds records", records, recordBytes);
        long last = size == 0 ? 0 : index[size - 1];
        Check.that(entryIndex > last, "extents follow the log", entryIndex, last);
        if (size == base.length) {
            grow(2 * size);
        }
        base[size] = end;
        count[size] = records;
        bytes[size] = recordBytes;
        index[size] = entryIndex;
        size++;
        end += records;
    }

    private void grow(int capacity) {
        base = Arrays.copyOf(base, capacity);
        count = Arrays.copyOf(count, capacity);
        bytes = Arrays.copyOf(bytes, capacity);
        index = Arrays.copyOf(index, capacity);
    }

    /// Gathers the extents that hold `[from, to)`, which exists here; the first may begin before `from` and the
    /// last may end after `to`, but not after `limit`. Returns the end of the last one gathered.
    long gather(long from, long to, long limit, Gathered into) {
        Check.that(from >= start && from < to && to <= end, "a range that is here", from, to);
        int last = holding(to - 1);
        long reached = from;
        for (int i = holding(from); i <= last && into.hasRoom(); i++) {
            int shared = (int) (Math.min(base[i] + count[i], limit) - base[i]);
            into.add(new Extent(base[i], shared, index[i]), bytes[i]);
            reached = base[i] + shared;
        }
        return reached;
    }

    /// Which extent holds an offset below the end.
    private int holding(long offset) {
        int at = Arrays.binarySearch(base, 0, size, offset);
        return at >= 0 ? at : -at - 2;
    }

    /// Copies the log indexes, ascending, to `target[at..]`; returns the place behind the last.
    int copyIndexes(long[] target, int at) {
        System.arraycopy(index, 0, target, at, size);
        return at + size;
    }

    void describe(StateSink sink) {
        sink.add("extents", size).add("start", start).add("end", end);
        for (int i = 0; i < size; i++) {
            sink.add("records", count[i]).add("bytes", bytes[i]).add("index", index[i]);
        }
    }

    // ---- image ---------------------------------------------------------------------------------------------

    long encodedBytes() {
        return Integer.BYTES + (long) EXTENT_BYTES * size;
    }

    /// `extents u32`, then each in order: `records u32, bytes u32, index u64`. The offsets are the sums.
    void encode(ByteBuffer out) {
        out.putInt(size);
        for (int i = 0; i < size; i++) {
            out.putInt(count[i]).putInt(bytes[i]).putLong(index[i]);
        }
    }

    static ExtentIndex decode(ByteBuffer in, long start) {
        ExtentIndex extents = new ExtentIndex(start);
        int size = ImageBytes.count(in, EXTENT_BYTES);
        extents.grow(Math.max(FIRST_CAPACITY, size));
        for (int i = 0; i < size; i++) {
            extents.add(in.getInt(), in.getInt(), in.getLong());
        }
        return extents;
    }
}
