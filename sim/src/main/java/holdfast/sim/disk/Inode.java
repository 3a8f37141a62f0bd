package holdfast.sim.disk;

import holdfast.Bytes;
import holdfast.StateHash;
import java.util.Arrays;

/// One file as the kernel has it in memory: its page cache, its sizes, its write-back errors. What the platter
/// has is [#medium].
final class Inode {

    private static final byte ABSENT = 0;
    private static final byte CLEAN = 1;
    private static final byte DIRTY = 2;
    private static final int INITIAL = 4;

    final int number;

    /// Names the file in random draws: made of its disk and of the name that it was created under.
    final long key;

    final MediumFile medium;

    /// The last name in memory, for people and for faults.
    String name;

    /// [ErrorSequence] of the mapping.
    int errors;

    /// True after a failure that was answered OK: the next sync hears of it before it writes anything.
    boolean reportsLate;

    /// True since the device lost a page of this file, until a sync has answered, truly or not.
    boolean hasUntoldLoss;

    int openFiles;

    /// Changes of its bytes so far, for random draws.
    int writes;

    private long size;
    private long writtenSize;
    private Bytes[] pages = new Bytes[INITIAL];
    private byte[] states = new byte[INITIAL];
    private int[] dirty = new int[INITIAL];
    private int dirtyCount;

    static Inode created(int number, String name, long diskKey, MediumFile medium) {
        return new Inode(number, name, new StateHash().add(diskKey).add(name).value(), medium);
    }

    private Inode(int number, String name, long key, MediumFile medium) {
        this.number = number;
        this.name = name;
        this.key = key;
        this.medium = medium;
        this.size = medium.size();
        this.writtenSize = medium.size();
    }

    /// The same file with nothing in memory, as after a mount.
    Inode remounted(String durableName, MediumFile remains) {
        Inode remounted = new Inode(number, durableName, key, remains);
        remounted.writes = writes;
        return remounted;
    }

    // ---- sizes ---------------------------------------------------------------------------------------------

    /// What `stat` shows.
    long size() {
        return size;
    }

    /// The size that the next commit of metadata makes durable.
    long writtenSize() {
        return writtenSize;
    }

    /// The page has got its block; the size that includes it may be committed.
    void written(int page) {
        writtenSize = Math.max(writtenSize, Math.min(size, (page + 1L) * Page.SIZE));
    }

    void grow(long newSize) {
        size = Math.max(size, newSize);
    }

    /// Drops everything from `newSize` on.
    void truncate(long newSize) {
        size = Math.min(size, newSize);
        writtenSize = Math.min(writtenSize, newSize);
        int kept = 0;
        for (int i = 0; i < dirtyCount; i++) {
            if ((long) dirty[i] * Page.SIZE < newSize) {
                dirty[kept++] = dirty[i];
            }
        }
        dirtyCount = kept;
        int first = Page.count(newSize);
        if (first < pages.length) {
            Arrays.fill(pages, first, pages.length, null);
            Arrays.fill(states, first, states.length, ABSENT);
        }
    }

    // ---- page cache ----------------------------------------------------------------------------------------

    int cachedPages() {
        return pages.length;
    }

    boolean isCached(int page) {
        return page < states.length && states[page] != ABSENT;
    }

    boolean isDirty(int page) {
        return page < states.length && states[page] == DIRTY;
    }

    boolean isClean(int page) {
        return page < states.length && states[page] == CLEAN;
    }

    /// The cached page, or null for zeros.
    Bytes page(int page) {
        return pages[page];
    }

    void putDirty(int page, Bytes content) {
        ensure(page);
        pages[page] = content;
        if (states[page] != DIRTY) {
            stayDirty(page);
        }
    }

    void putClean(int page, Bytes content) {
        ensure(page);
        pages[page] = content;
        states[page] = CLEAN;
    }

    void clean(int page) {
        states[page] = CLEAN;
    }

    /// Back on the list from which [#takeDirty] took it.
    void stayDirty(int page) {
        states[page] = DIRTY;
        if (dirtyCount == dirty.length) {
            dirty = Arrays.copyOf(dirty, 2 * dirtyCount);
        }
        dirty[dirtyCount++] = page;
    }

    void drop(int page) {
        if (page < states.length) {
            pages[page] = null;
            states[page] = ABSENT;
        }
    }

    int dirtyCount() {
        return dirtyCount;
    }

    int dirtyPage(int place) {
        return dirty[place];
    }

    /// Moves the list of dirty pages, in the order in which they became dirty, to `target`, which must be large
    /// enough. Their states change when it is known what became of them.
    int takeDirty(int[] target) {
        int taken = dirtyCount;
        System.arraycopy(dirty, 0, target, 0, taken);
        dirtyCount = 0;
        return taken;
    }

    private void ensure(int page) {
        if (page >= pages.length) {
            int capacity = Math.max(page + 1, 2 * pages.length);
            pages = Arrays.copyOf(pages, capacity);
            states = Arrays.copyOf(states, capacity);
        }
    }
}
