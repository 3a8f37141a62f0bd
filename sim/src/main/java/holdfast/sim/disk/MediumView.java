package holdfast.sim.disk;

import holdfast.Bytes;
import holdfast.StateHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What a power cut now would leave in the worst case: bytes and sizes that a flush has put on the medium, under
/// names that a directory sync has made durable. Computed from the medium, never from what software was told;
/// looking changes nothing.
///
/// A page with a confirmed version and a later unconfirmed one shows the confirmed one. A real cut may leave
/// either, or a torn mixture: what must survive must not share a page with a later write.
public final class MediumView {

    private final Supplier<SimFileSystem> disk;

    /// @param disk the file system now mounted; it is another one after a power cut
    MediumView(Supplier<SimFileSystem> disk) {
        this.disk = disk;
    }

    /// Durable names in ascending order.
    public List<String> names() {
        return new ArrayList<>(disk.get().directory().durable().keySet());
    }

    public boolean exists(String name) {
        return find(name) != null;
    }

    /// Bytes, 0 if there is no such file.
    public long size(String name) {
        Inode file = find(name);
        return file == null ? 0 : file.medium.size();
    }

    /// Bytes `[position, position + length)`, short at the end of the file, empty if there is none. Whether the
    /// drive could deliver them is the question of [#isReadable].
    public Bytes read(String name, long position, int length) {
        Inode file = find(name);
        long end = file == null ? 0 : Math.min(position + length, file.medium.size());
        return position >= end ? Bytes.EMPTY : Page.gather(file.medium::page, position, end);
    }

    /// False if a latent error or a checksum would turn a read of the range into EIO.
    public boolean isReadable(String name, long position, int length) {
        Inode file = find(name);
        if (file == null) {
            return false;
        }
        for (int page = (int) (position / Page.SIZE); (long) page * Page.SIZE < position + length; page++) {
            if (file.medium.isUnreadable(page)) {
                return false;
            }
        }
        return true;
    }

    /// Grows whenever bytes, size or readability of what lies under this name change; 0 if there is none. The
    /// numbers are one sequence for the whole disk, so a file that replaces another has a higher one.
    public long changes(String name) {
        Inode file = find(name);
        return file == null ? 0 : file.medium.lastChange();
    }

    /// The lowest position not below `from` whose page changed after change number `since`, rounded down to the
    /// page but never below `from`; `Long.MAX_VALUE` if none did. May be too low, never too high.
    public long lowestChange(String name, long since, long from) {
        Inode file = find(name);
        if (file == null) {
            return Long.MAX_VALUE;
        }
        int page = file.medium.lowestChange(since, (int) (from / Page.SIZE));
        return page == Integer.MAX_VALUE ? Long.MAX_VALUE : Math.max(from, (long) page * Page.SIZE);
    }

    /// Grows whenever the durable names change.
    public long nameChanges() {
        return disk.get().directory().lastChange();
    }

    /// The number of the last change of anything on this disk.
    public long allChanges() {
        return disk.get().ledger().changes();
    }

    /// Names, sizes and bytes; costs as much as reading everything.
    public void fingerprint(StateHash hash) {
        for (Map.Entry<String, Inode> entry : disk.get().directory().durable().entrySet()) {
            MediumFile file = entry.getValue().medium;
            hash.add(entry.getKey()).add(file.size());
            for (int page = 0; page < Math.min(file.pages(), Page.count(file.size())); page++) {
                Bytes content = file.page(page);
                if (content != null) {
                    hash.add(page).add(content);
                }
            }
        }
    }

    private Inode find(String name) {
        return disk.get().directory().durable().get(name);
    }
}
