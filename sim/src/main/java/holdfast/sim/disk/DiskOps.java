package holdfast.sim.disk;

import holdfast.Check;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;
import java.util.LinkedHashMap;

/// One process's use of the file system: performs its operations and holds its descriptors, one for each file
/// from first use to deletion, as [holdfast.env.Disk] promises. A new process has a new one of these.
final class DiskOps {

    /// A process that holds more files open has forgotten to delete.
    private static final int OPEN_FILES_MAX = 65_536;

    private final SimFileSystem fs;
    private final LinkedHashMap<String, OpenFile> open = new LinkedHashMap<>();

    DiskOps(SimFileSystem fs) {
        this.fs = fs;
    }

    DiskResult perform(DiskOp op) {
        return switch (op) {
            case DiskOp.List _ -> fs.list();
            case DiskOp.Read read -> read(read);
            case DiskOp.ZeroFill fill -> zeroFill(fill, fill.length());
            case DiskOp.Write write -> write(write, write.data().size());
            case DiskOp.Sync sync -> sync(sync);
            case DiskOp.Rename rename -> rename(rename);
            case DiskOp.Delete delete -> delete(delete);
            case DiskOp.SyncDirectory _ -> fs.syncDirectory();
        };
    }

    /// The pages that a sync of this file would write; 0 if it is not known.
    int dirtyPages(String file) {
        Inode inode = fs.find(file);
        return inode == null ? 0 : inode.dirtyCount();
    }

    boolean grows(String file) {
        Inode inode = fs.find(file);
        return inode != null && inode.size() != inode.medium.size();
    }

    // ---- whole operations ----------------------------------------------------------------------------------

    private DiskResult read(DiskOp.Read op) {
        OpenFile file = existing(op.file());
        return file == null ? missing("read", op.file()) : fs.read(file, op.position(), op.length());
    }

    private DiskResult zeroFill(DiskOp.ZeroFill op, long length) {
        OpenFile file = created(op.file());
        return file == null ? fs.refusal().result("create", op.file()) : fs.zeroFill(file, length);
    }

    private DiskResult write(DiskOp.Write op, int length) {
        OpenFile file = created(op.file());
        return file == null
                ? fs.refusal().result("create", op.file())
                : fs.write(file, op.position(), op.data().slice(0, length));
    }

    private DiskResult sync(DiskOp.Sync op) {
        OpenFile file = existing(op.file());
        return file == null ? missing("fdatasync", op.file()) : fs.sync(file);
    }

    private DiskResult rename(DiskOp.Rename op) {
        DiskResult result = fs.rename(op.from(), op.to());
        if (fs.find(op.from()) == null && !op.from().equals(op.to())) {
            forget(op.to());
            OpenFile moved = open.remove(op.from());
            if (moved != null) {
                open.put(op.to(), moved);
            }
        }
        return result;
    }

    private DiskResult delete(DiskOp.Delete op) {
        DiskResult result = fs.delete(op.file());
        if (fs.find(op.file()) == null) {
            forget(op.file());
        }
        return result;
    }

    // ---- operations that a crash cut short -----------------------------------------------------------------

    /// The process died while the kernel was at it: nothing, all or a part has happened.
    void perhapsPerform(DiskOp op, Entropy entropy, long diskKey, long cause) {
        long outcome = entropy.below(Purpose.DISK_WRITE_BACK, diskKey, cause, 3);
        if (outcome == 0) {
            perform(op);
        } else if (outcome == 1) {
            performPart(op, entropy, diskKey + 1, cause);
        }
    }

    /// A write puts a prefix into the cache, a sync writes a subset of the dirty pages, a sync of the directory
    /// commits a prefix of its changes; the other operations have no parts.
    private void performPart(DiskOp op, Entropy entropy, long entity, long cause) {
        switch (op) {
            case DiskOp.Write write ->
                write(write, partOf(write, entropy.bits(Purpose.DISK_WRITE_BACK, entity, cause)));
            case DiskOp.ZeroFill fill ->
                zeroFill(fill, entropy.below(Purpose.DISK_WRITE_BACK, entity, cause, fill.length() + 1));
            case DiskOp.Sync sync -> {
                Inode inode = fs.find(sync.file());
                if (inode != null) {
                    fs.writeBack(inode, page -> (entropy.bits(Purpose.DISK_WRITE_BACK, entity + page, cause) & 1) == 0);
                }
            }
            case DiskOp.SyncDirectory _ -> {
                int changes = fs.mount().isLost() ? 0 : fs.directory().pendingChanges();
                fs.commitNames((int) entropy.below(Purpose.DISK_WRITE_BACK, entity, cause, changes + 1L));
            }
            case DiskOp.List _, DiskOp.Read _, DiskOp.Rename _, DiskOp.Delete _ -> { }
        }
    }

    /// A length at which the write leaves old and new bytes beside each other, if there is one: many writes are short, and
    /// padded to a block that is zeros already.
    private int partOf(DiskOp.Write write, long draw) {
        int first = 0;
        int end = write.data().size();
        while (end > 0 && hasAlready(write, end - 1)) {
            end--;
        }
        while (first < end && hasAlready(write, first)) {
            first++;
        }
        int parts = end - first - 1;
        return parts < 1 ? end : first + 1 + (int) Math.unsignedMultiplyHigh(draw, parts);
    }

    private boolean hasAlready(DiskOp.Write write, int at) {
        Inode inode = fs.find(write.file());
        return inode != null && fs.hasByte(inode, write.position() + at, write.data().get(at));
    }

    // ---- descriptors ---------------------------------------------------------------------------------------

    private OpenFile existing(String name) {
        OpenFile held = open.get(name);
        return held != null ? held : hold(name, fs.open(name));
    }

    private OpenFile created(String name) {
        OpenFile held = open.get(name);
        return held != null ? held : hold(name, fs.openOrCreate(name));
    }

    private OpenFile hold(String name, OpenFile opened) {
        if (opened != null) {
            Check.that(open.size() < OPEN_FILES_MAX, "open files are bounded", open.size(), OPEN_FILES_MAX);
            open.put(name, opened);
        }
        return opened;
    }

    private void forget(String name) {
        OpenFile held = open.remove(name);
        if (held != null) {
            fs.close(held);
        }
    }

    private DiskResult missing(String what, String name) {
        return fs.mount().isReadable()
                ? new DiskResult.Failed(DiskResult.Reason.NOT_FOUND, what + " " + name + ": ENOENT")
                : Answer.EIO.result(what, name);
    }
}
