package holdfast.sim.disk;

import holdfast.Bytes;
import holdfast.Check;
import java.util.Arrays;
import java.util.TreeMap;

/// One file as the platter has it: pages, the size that the journal has made durable, and what cannot be read.
/// Pages beyond the size may exist; no size exposes them yet.
///
/// Changes carry numbers from one counter of the disk, so an oracle can ask for the lowest position that
/// changed since it last looked; the last [#REMEMBERED] runs of changes are kept apart.
final class MediumFile {

    private static final int REMEMBERED = 64;

    private final DiskLedger ledger;
    private Bytes[] pages = new Bytes[0];
    private long size;

    /// Page to the mask of its unreadable sectors; null while all is well.
    private TreeMap<Integer, Integer> unreadable;

    private final long[] changeNumbers = new long[REMEMBERED];
    private final int[] changeFrom = new int[REMEMBERED];
    private final int[] changeTo = new int[REMEMBERED];
    private long changeCount;

    MediumFile(DiskLedger ledger) {
        this.ledger = ledger;
    }

    /// An image of this file that shares its pages.
    MediumFile copy(DiskLedger ledgerOfCopy) {
        MediumFile copy = new MediumFile(ledgerOfCopy);
        copy.pages = pages.clone();
        copy.size = size;
        copy.unreadable = unreadable == null ? null : new TreeMap<>(unreadable);
        System.arraycopy(changeNumbers, 0, copy.changeNumbers, 0, REMEMBERED);
        System.arraycopy(changeFrom, 0, copy.changeFrom, 0, REMEMBERED);
        System.arraycopy(changeTo, 0, copy.changeTo, 0, REMEMBERED);
        copy.changeCount = changeCount;
        return copy;
    }

    long size() {
        return size;
    }

    /// No page from here on holds anything but zeros.
    int pages() {
        return pages.length;
    }

    /// The page, or null for zeros; says nothing about readability.
    Bytes page(int page) {
        return page < pages.length ? pages[page] : null;
    }

    /// True if the durable size does not reach the page: a write to it needs a new block.
    boolean isNew(int page) {
        return (long) page * Page.SIZE >= size;
    }

    /// Changes a page without telling; [#changed] tells about a run of them.
    void put(int page, Bytes content) {
        if (page >= pages.length) {
            if (content == null) {
                return;
            }
            pages = Arrays.copyOf(pages, Math.max(page + 1, 2 * pages.length));
        }
        pages[page] = content;
        if (unreadable != null) {
            unreadable.remove(page);
        }
    }

    void commitSize(long newSize) {
        if (newSize == size) {
            return;
        }
        int from = (int) (Math.min(size, newSize) / Page.SIZE);
        for (int page = Page.count(newSize); newSize < size && page < pages.length; page++) {
            put(page, null);
        }
        size = newSize;
        changed(from, Integer.MAX_VALUE);
    }

    /// Zeroes what lies beyond the size, as a mount does when it reads the last block.
    void cutTail() {
        int whole = (int) (size / Page.SIZE);
        int rest = (int) (size % Page.SIZE);
        if (rest > 0 && whole < pages.length) {
            pages[whole] = Page.cut(pages[whole], rest);
        }
        for (int page = whole + (rest > 0 ? 1 : 0); page < pages.length; page++) {
            pages[page] = null;
        }
    }

    // ---- what cannot be read -------------------------------------------------------------------------------

    void makeUnreadable(int page, int sectors) {
        if (unreadable == null) {
            unreadable = new TreeMap<>();
        }
        unreadable.merge(page, sectors, (left, right) -> left | right);
        changed(page, page + 1);
    }

    boolean isUnreadable(int page) {
        return unreadable != null && unreadable.containsKey(page);
    }

    int unreadableSectors(int page) {
        return unreadable == null ? 0 : unreadable.getOrDefault(page, 0);
    }

    // ---- changes -------------------------------------------------------------------------------------------

    /// Pages `[from, to)` are not what they were.
    void changed(int from, int to) {
        Check.that(from < to, "a change has a page", from, to);
        int slot = (int) (changeCount++ % REMEMBERED);
        changeNumbers[slot] = ledger.nextChange();
        changeFrom[slot] = from;
        changeTo[slot] = to;
    }

    /// The number of the last change, 0 if none.
    long lastChange() {
        return changeCount == 0 ? 0 : changeNumbers[(int) ((changeCount - 1) % REMEMBERED)];
    }

    /// The lowest page not below `from` that changed after change `since`, or `Integer.MAX_VALUE`. Answers
    /// `from` if it is too long ago to know.
    int lowestChange(long since, int from) {
        int lowest = Integer.MAX_VALUE;
        long oldest = Math.max(0, changeCount - REMEMBERED);
        for (long i = changeCount - 1; i >= oldest; i--) {
            int slot = (int) (i % REMEMBERED);
            if (changeNumbers[slot] <= since) {
                return lowest;
            }
            if (changeTo[slot] > from) {
                lowest = Math.min(lowest, Math.max(changeFrom[slot], from));
            }
        }
        return oldest == 0 ? lowest : from;
    }
}
