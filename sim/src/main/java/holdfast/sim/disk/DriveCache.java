package holdfast.sim.disk;

import holdfast.Bytes;
import java.util.Arrays;

/// The drive's volatile write cache: page writes that the device has accepted and may lose, in the order in
/// which they came. A flush puts all of them on the medium.
final class DriveCache {

    private static final int INITIAL = 16;

    private Inode[] files = new Inode[INITIAL];
    private int[] pages = new int[INITIAL];
    private Bytes[] contents = new Bytes[INITIAL];
    private int count;

    void accept(Inode file, int page, Bytes content) {
        if (count == files.length) {
            files = Arrays.copyOf(files, 2 * count);
            pages = Arrays.copyOf(pages, 2 * count);
            contents = Arrays.copyOf(contents, 2 * count);
        }
        files[count] = file;
        pages[count] = page;
        contents[count] = content;
        count++;
    }

    int count() {
        return count;
    }

    Inode file(int entry) {
        return files[entry];
    }

    int page(int entry) {
        return pages[entry];
    }

    Bytes content(int entry) {
        return contents[entry];
    }

    /// The entry that a device read of the page would find, or -1.
    int newest(Inode file, int page) {
        for (int entry = count - 1; entry >= 0; entry--) {
            if (pages[entry] == page && files[entry] == file) {
                return entry;
            }
        }
        return -1;
    }

    /// What the device answers to a read of the page, readability aside.
    Bytes read(Inode file, int page) {
        int entry = count == 0 ? -1 : newest(file, page);
        return entry < 0 ? file.medium.page(page) : contents[entry];
    }

    /// The file was cut: its blocks from page `from` on belong to nobody.
    void forget(Inode file, int from) {
        int kept = 0;
        for (int entry = 0; entry < count; entry++) {
            if (files[entry] != file || pages[entry] < from) {
                files[kept] = files[entry];
                pages[kept] = pages[entry];
                contents[kept] = contents[entry];
                kept++;
            }
        }
        Arrays.fill(files, kept, count, null);
        Arrays.fill(contents, kept, count, null);
        count = kept;
    }

    /// Everything accepted is on the medium; adjacent pages count as one change.
    void flush() {
        int begin = 0;
        for (int entry = 0; entry < count; entry++) {
            files[entry].medium.put(pages[entry], contents[entry]);
            boolean goesOn = entry + 1 < count
                    && files[entry + 1] == files[entry]
                    && pages[entry + 1] == pages[entry] + 1;
            if (!goesOn) {
                files[entry].medium.changed(pages[begin], pages[entry] + 1);
                begin = entry + 1;
            }
        }
        Arrays.fill(files, 0, count, null);
        Arrays.fill(contents, 0, count, null);
        count = 0;
    }
}
