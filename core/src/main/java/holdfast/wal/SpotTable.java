package holdfast.wal;

import java.util.Arrays;
import java.util.function.LongConsumer;

/// Where frames of entries stand, ascending by index: 20 bytes an entry. Appending at the end and cutting there
/// is what happens all the time; the middle is for archives and compaction.
final class SpotTable {

    private static final int FIRST_CAPACITY = 64;

    private long[] indexes = new long[FIRST_CAPACITY];
    /// Segment number in the upper half, position in the lower.
    private long[] spots = new long[FIRST_CAPACITY];
    private int[] lengths = new int[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /// The row of this index, negative if there is none.
    int row(long index) {
        return Arrays.binarySearch(indexes, 0, size, index);
    }

    long segSeq(int row) {
        return spots[row] >>> Integer.SIZE;
    }

    int position(int row) {
        return (int) spots[row];
    }

    int length(int row) {
        return lengths[row];
    }

    /// The segment of the first entry after this index, or 0.
    long segSeqAfter(long index) {
        int row = row(index + 1);
        int first = row < 0 ? -row - 1 : row;
        return first < size ? segSeq(first) : 0;
    }

    void put(long index, long segSeq, int position, int length) {
        int row = size > 0 && index <= indexes[size - 1] ? row(index) : -size - 1;
        if (row < 0) {
            row = -row - 1;
            makeRoom(row);
            indexes[row] = index;
        }
        spots[row] = segSeq << Integer.SIZE | position;
        lengths[row] = length;
    }

    private void makeRoom(int row) {
        if (size == indexes.length) {
            indexes = Arrays.copyOf(indexes, 2 * size);
            spots = Arrays.copyOf(spots, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
        }
        System.arraycopy(indexes, row, indexes, row + 1, size - row);
        System.arraycopy(spots, row, spots, row + 1, size - row);
        System.arraycopy(lengths, row, lengths, row + 1, size - row);
        size++;
    }

    /// Forgets everything from this index on.
    void cutFrom(long index) {
        while (size > 0 && indexes[size - 1] >= index) {
            size--;
        }
    }

    /// Of the rows up to `lastIndex`, keeps those of the `needed` indexes, which ascend: both are walked side by side.
    void retain(long[] needed, long lastIndex) {
        int kept = 0;
        int next = 0;
        for (int row = 0; row < size; row++) {
            while (next < needed.length && needed[next] < indexes[row]) {
                next++;
            }
            boolean isNeeded = next < needed.length && needed[next] == indexes[row];
            if (isNeeded || indexes[row] > lastIndex) {
                indexes[kept] = indexes[row];
                spots[kept] = spots[row];
                lengths[kept] = lengths[row];
                kept++;
            }
        }
        size = kept;
    }

    /// Names each segment that something stands in, some of them more than once.
    void forEachSegment(LongConsumer each) {
        long last = 0;
        for (int row = 0; row < size; row++) {
            if (segSeq(row) != last) {
                last = segSeq(row);
                each.accept(last);
            }
        }
    }
}
