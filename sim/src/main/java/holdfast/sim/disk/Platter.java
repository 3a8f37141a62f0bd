package holdfast.sim.disk;

import holdfast.Bytes;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;

/// Blocks of deleted files, which a new block may still show: the STALE of `fault-lab.md` §3.1, where an old
/// valid record comes back to life. With nothing deleted yet, what shows is garbage.
final class Platter {

    private static final int REMEMBERED = 64;
    private static final int PER_FILE = 16;

    private final Entropy entropy;
    private final long diskKey;
    private final Bytes[] freed;
    private long count;

    Platter(Entropy entropy, long diskKey) {
        this(entropy, diskKey, new Bytes[REMEMBERED], 0);
    }

    private Platter(Entropy entropy, long diskKey, Bytes[] freed, long count) {
        this.entropy = entropy;
        this.diskKey = diskKey;
        this.freed = freed;
        this.count = count;
    }

    Platter copy() {
        return new Platter(entropy, diskKey, freed.clone(), count);
    }

    void free(Inode file) {
        int pages = Page.count(file.medium.size());
        int taken = 0;
        for (int page = 0; page < pages && taken < PER_FILE; page++) {
            Bytes content = file.medium.page(page);
            if (content != null) {
                freed[(int) (count++ % REMEMBERED)] = content;
                taken++;
            }
        }
    }

    /// What a block holds that was never written since it was given to a file.
    Bytes stale(long key, long cause) {
        int known = (int) Math.min(count, REMEMBERED);
        if (known > 0) {
            return freed[(int) entropy.below(Purpose.DISK_GARBAGE, diskKey ^ key, cause, known)];
        }
        byte[] garbage = new byte[Page.SIZE];
        for (int i = 0; i < Page.SIZE; i++) {
            int shift = (i & 7) * Byte.SIZE;
            garbage[i] = (byte) (entropy.bits(Purpose.DISK_GARBAGE, diskKey ^ key, cause + (i >>> 3)) >>> shift);
        }
        return Bytes.wrap(garbage);
    }
}
