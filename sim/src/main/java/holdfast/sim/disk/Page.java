package holdfast.sim.disk;

import holdfast.Bytes;
import holdfast.Check;
import java.util.Arrays;
import java.util.function.IntFunction;

/// A page is 4096 immutable bytes in eight sectors; `null` stands for a page of zeros, so that files of zeros
/// cost nothing. Immutable pages are shared freely by cache, drive and medium: replacing one is the only
/// change there is, and an image of a disk is a copy of references.
final class Page {

    static final int SIZE = 4096;
    static final int SECTOR = 512;
    static final int SECTORS = SIZE / SECTOR;
    static final int ALL_SECTORS = (1 << SECTORS) - 1;

    private Page() {}

    /// Pages that hold `bytes` bytes.
    static int count(long bytes) {
        long pages = (bytes + SIZE - 1) / SIZE;
        Check.that(pages >= 0 && pages <= Integer.MAX_VALUE / 2, "a file of a size that can be simulated", bytes, pages);
        return (int) pages;
    }

    /// The page with `data[from, to)` put at byte `at`.
    static Bytes overwrite(Bytes page, int at, Bytes data, int from, int to) {
        if (to - from == SIZE) {
            return data.slice(from, to);
        }
        byte[] mixed = toArray(page);
        data.copyTo(from, mixed, at, to - from);
        return Bytes.wrap(mixed);
    }

    /// `fresh` in the sectors of the mask, `old` in the others.
    static Bytes mixSectors(Bytes old, Bytes fresh, int mask) {
        if (mask == 0) {
            return old;
        }
        if (mask == ALL_SECTORS) {
            return fresh;
        }
        byte[] mixed = toArray(old);
        byte[] source = toArray(fresh);
        for (int sector = 0; sector < SECTORS; sector++) {
            if ((mask >>> sector & 1) == 1) {
                System.arraycopy(source, sector * SECTOR, mixed, sector * SECTOR, SECTOR);
            }
        }
        return Bytes.wrap(mixed);
    }

    /// `fresh` up to byte `end`, `old` from there on: a write that stopped in the middle of a sector.
    static Bytes mixBytes(Bytes old, Bytes fresh, int end) {
        byte[] mixed = toArray(old);
        System.arraycopy(toArray(fresh), 0, mixed, 0, end);
        return Bytes.wrap(mixed);
    }

    static Bytes flip(Bytes page, int at, int mask) {
        byte[] flipped = toArray(page);
        flipped[at] ^= (byte) mask;
        return Bytes.wrap(flipped);
    }

    /// The page with zeros from byte `end` on.
    static Bytes cut(Bytes page, int end) {
        if (page == null || end == SIZE) {
            return page;
        }
        byte[] kept = new byte[SIZE];
        page.copyTo(0, kept, 0, end);
        return Bytes.wrap(kept);
    }

    /// The first byte in which they differ, or [#SIZE].
    static int firstDifference(Bytes left, Bytes right) {
        int first = Arrays.mismatch(toArray(left), toArray(right));
        return first < 0 ? SIZE : first;
    }

    /// The last byte in which they differ, or -1.
    static int lastDifference(Bytes left, Bytes right) {
        byte[] one = toArray(left);
        byte[] other = toArray(right);
        int last = SIZE - 1;
        while (last >= 0 && one[last] == other[last]) {
            last--;
        }
        return last;
    }

    /// The mask of the sectors in which they differ.
    static int differentSectors(Bytes left, Bytes right) {
        byte[] one = toArray(left);
        byte[] other = toArray(right);
        int mask = 0;
        for (int sector = 0; sector < SECTORS; sector++) {
            int from = sector * SECTOR;
            mask |= Arrays.equals(one, from, from + SECTOR, other, from, from + SECTOR) ? 0 : 1 << sector;
        }
        return mask;
    }

    static boolean isSame(Bytes left, Bytes right) {
        return left == right || (left == null ? isZero(right) : right == null ? isZero(left) : left.equals(right));
    }

    private static boolean isZero(Bytes page) {
        for (int i = 0; i < SIZE; i++) {
            if (page.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /// Bytes `[from, to)` of a file that has these pages; without copying if one page holds them.
    static Bytes gather(IntFunction<Bytes> pages, long from, long to) {
        int first = (int) (from / SIZE);
        Bytes only = pages.apply(first);
        if (to <= (first + 1L) * SIZE && only != null) {
            return only.slice((int) (from % SIZE), (int) (to - (long) first * SIZE));
        }
        byte[] gathered = new byte[(int) (to - from)];
        for (int page = first; (long) page * SIZE < to; page++) {
            Bytes content = pages.apply(page);
            long begin = Math.max(from, (long) page * SIZE);
            long end = Math.min(to, (page + 1L) * SIZE);
            if (content != null) {
                content.copyTo((int) (begin % SIZE), gathered, (int) (begin - from), (int) (end - begin));
            }
        }
        return Bytes.wrap(gathered);
    }

    private static byte[] toArray(Bytes page) {
        return page == null ? new byte[SIZE] : page.toArray();
    }
}
