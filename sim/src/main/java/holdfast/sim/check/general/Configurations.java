package holdfast.sim.check.general;

import java.util.Arrays;

/// The configurations a search has met, each once: event and state in one word, the bits of the operations that
/// are open and done, the counts of the optional ones that are used, and where it came from.
///
/// They lie in blocks of growing size, so that nothing is ever copied and a small search costs little.
final class Configurations {

    static final int NONE = -1;

    private static final int FIRST_BLOCK_BITS = 4;
    /// Of the two bits of every operation that overwrites, the one that says it may count as passed.
    private static final long PASSED = 0xAAAAAAAAAAAAAAAAL;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Part<?, ?> part;
    /// Words of a key: event and state, then [Part#words].
    private final int keyWords;
    private final int stride;
    private final long[][] blocks = new long[28][];
    /// The newest configuration by hash of what must be equal if one covers another; the others with that hash follow.
    private int[] newest = new int[32];
    private int size;

    Configurations(Part<?, ?> part) {
        this.part = part;
        keyWords = 1 + part.words;
        stride = keyWords + 2;
        Arrays.fill(newest, NONE);
    }

    int size() {
        return size;
    }

    /// The key of a configuration as a search uses it: one word with event and state, then [Part#words].
    long[] newKey() {
        return new long[keyWords];
    }

    static long head(int event, int state) {
        return (long) event << 32 | state;
    }

    static int event(long[] key) {
        return (int) (key[0] >>> 32);
    }

    static int state(long[] key) {
        return (int) key[0];
    }

    void load(int index, long[] key) {
        System.arraycopy(block(index), offset(index), key, 0, keyWords);
    }

    /// The configuration this one came from, or [#NONE].
    int parent(int index) {
        return (int) (block(index)[offset(index) + keyWords] >> 32);
    }

    /// The place of the operation by which it came, or [#NONE].
    int by(int index) {
        return (int) block(index)[offset(index) + keyWords];
    }

    /// A number that a search may keep with a configuration; 0 at first.
    int note(int index) {
        return (int) (block(index)[offset(index) + keyWords + 1] >> 32);
    }

    void note(int index, int value) {
        int at = offset(index) + keyWords + 1;
        long[] block = block(index);
        block[at] = (long) value << 32 | block[at] & 0xFFFFFFFFL;
    }

    private int next(int index) {
        return (int) block(index)[offset(index) + keyWords + 1];
    }

    /// Adds a configuration, and returns its index; or [#NONE] when it brings nothing new: one is there that can do all
    /// that this one can, for [Search]'s reasons.
    int add(long[] key, int parent, int by) {
        int place = place(key, newest.length - 1);
        for (int known = newest[place]; known != NONE; known = next(known)) {
            if (covers(known, key)) {
                return NONE;
            }
        }
        if (size >= newest.length) {
            grow();
            place = place(key, newest.length - 1);
        }
        int index = size++;
        long[] block = ownBlock(index);
        int at = offset(index);
        System.arraycopy(key, 0, block, at, keyWords);
        block[at + keyWords] = (long) parent << 32 | by & 0xFFFFFFFFL;
        block[at + keyWords + 1] = newest[place] & 0xFFFFFFFFL;
        newest[place] = index;
        return index;
    }

    private boolean covers(int known, long[] key) {
        long[] block = block(known);
        int at = offset(known);
        if (block[at] != key[0]) {
            return false;
        }
        for (int i = 0; i < part.mandatoryWords; i++) {
            long mine = block[at + 1 + i];
            long other = key[1 + i];
            long passed = mine & part.overwriteBits[i] & PASSED;
            long differing = (mine ^ other) & ~(passed | passed >>> 1);
            if ((differing & ~(mine & part.readBits[i])) != 0) {
                return false;
            }
        }
        for (int k = 0; k < part.kinds.size(); k++) {
            if (part.count(block, at + 1, k) > part.count(key, 1, k)) {
                return false;
            }
        }
        return true;
    }

    private int place(long[] key, int mask) {
        long hash = key[0] * SPREAD;
        hash ^= hash >>> 29;
        for (int i = 0; i < part.mandatoryWords; i++) {
            hash = (hash ^ key[1 + i] & ~(part.readBits[i] | part.overwriteBits[i])) * SPREAD;
            hash ^= hash >>> 29;
        }
        return (int) hash & mask;
    }

    private void grow() {
        newest = new int[newest.length * 2];
        Arrays.fill(newest, NONE);
        long[] key = newKey();
        for (int index = 0; index < size; index++) {
            load(index, key);
            int place = place(key, newest.length - 1);
            int at = offset(index) + keyWords + 1;
            long[] block = block(index);
            block[at] = block[at] & 0xFFFFFFFF00000000L | newest[place] & 0xFFFFFFFFL;
            newest[place] = index;
        }
    }

    private static int blockOf(int index) {
        return Integer.SIZE - 1 - FIRST_BLOCK_BITS - Integer.numberOfLeadingZeros(index + (1 << FIRST_BLOCK_BITS));
    }

    private long[] block(int index) {
        return blocks[blockOf(index)];
    }

    private long[] ownBlock(int index) {
        int number = blockOf(index);
        if (blocks[number] == null) {
            blocks[number] = new long[stride << FIRST_BLOCK_BITS + number];
        }
        return blocks[number];
    }

    private int offset(int index) {
        int number = blockOf(index);
        return (index + (1 << FIRST_BLOCK_BITS) - (1 << FIRST_BLOCK_BITS + number)) * stride;
    }
}
