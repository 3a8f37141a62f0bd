package holdfast.wal;

import holdfast.Bytes;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/// A directory with a page cache: what was written is seen at once and durable after a sync, names after a sync of
/// the directory. A process crash keeps the cache; a power cut keeps the medium and whatever subset of the rest the
/// test chooses, sector by sector and name by name.
final class FakeDisk implements DiskOut {

    private static final int SECTOR = 512;

    private static final class File {
        byte[] cache = {};
        byte[] medium = {};
        BitSet dirty = new BitSet();
        BitSet unreadable = new BitSet();

        File copy() {
            File copy = new File();
            copy.cache = cache.clone();
            copy.medium = medium.clone();
            copy.dirty = (BitSet) dirty.clone();
            copy.unreadable = (BitSet) unreadable.clone();
            return copy;
        }
    }

    /// A name that now means another file, or none.
    private record NameChange(String name, File fileOrNull) {
        void applyTo(TreeMap<String, File> names) {
            if (fileOrNull == null) {
                names.remove(name);
            } else {
                names.put(name, fileOrNull);
            }
        }
    }

    /// An operation, and how many had been performed when it was asked for.
    record Submitted(DiskOp op, int performed) {}

    private final TreeMap<String, File> names = new TreeMap<>();
    private final TreeMap<String, File> durableNames = new TreeMap<>();
    /// Changes of names that no sync has confirmed; those of one operation together.
    private final ArrayList<List<NameChange>> pending = new ArrayList<>();
    private final ArrayDeque<DiskOp> queue = new ArrayDeque<>();
    private final ArrayList<DiskOp> performed = new ArrayList<>();
    private final ArrayList<Submitted> submitted = new ArrayList<>();
    private long lastId;
    private int failing = Integer.MAX_VALUE;
    private boolean failuresTakeEffect;
    private DiskResult.Reason failuresReason = DiskResult.Reason.IO_ERROR;
    private boolean isFull;
    private long bytesMax = Long.MAX_VALUE;

    // ---- the port ------------------------------------------------------------------------------------------

    @Override
    public long nextId() {
        return ++lastId;
    }

    @Override
    public void submit(DiskOp op) {
        queue.addLast(op);
        submitted.add(new Submitted(op, performed.size()));
    }

    boolean isIdle() {
        return queue.isEmpty();
    }

    DiskOp next() {
        return queue.getFirst();
    }

    /// Everything that was ever performed, in order.
    List<DiskOp> performed() {
        return performed;
    }

    /// Everything that was ever asked for, in order.
    List<Submitted> submitted() {
        return submitted;
    }

    /// The operation after `count` more ones fails. `takesEffect`: it had happened all the same.
    void failAfter(int count, boolean takesEffect) {
        failing = performed.size() + count;
        failuresTakeEffect = takesEffect;
    }

    /// The same, and it fails for that reason.
    void failAfter(int count, DiskResult.Reason reason) {
        failAfter(count, false);
        failuresReason = reason;
    }

    /// No room for files under construction; all others have theirs already.
    void full(boolean isFull) {
        this.isFull = isFull;
    }

    /// No file is made or grows beyond what all files take now.
    void isAsLargeAsItsFiles() {
        bytesMax = bytes();
    }

    private long bytes() {
        return names.values().stream().mapToLong(file -> file.cache.length).sum();
    }

    private boolean lacksRoom(DiskOp op) {
        return switch (op) {
            case DiskOp.ZeroFill fill -> isFull && fill.file().endsWith(".tmp") || bytes() + fill.length() > bytesMax;
            case DiskOp.Write write -> isFull && write.file().endsWith(".tmp");
            case DiskOp.List _, DiskOp.Read _, DiskOp.Sync _, DiskOp.Rename _, DiskOp.Delete _,
                    DiskOp.SyncDirectory _ -> false;
        };
    }

    /// Performs the first operation in the queue.
    DiskResult perform() {
        DiskOp op = queue.removeFirst();
        boolean fails = performed.size() == failing;
        performed.add(op);
        if (lacksRoom(op)) {
            return new DiskResult.Failed(DiskResult.Reason.NO_SPACE, "injected: ENOSPC");
        }
        if (!fails) {
            return perform(op);
        }
        if (failuresTakeEffect) {
            perform(op);
        } else if (op instanceof DiskOp.Sync sync && names.containsKey(sync.file())) {
            // The kernel's way: the pages are clean, and the medium does not have them.
            names.get(sync.file()).dirty.clear();
        }
        return new DiskResult.Failed(failuresReason, "injected: E" + failuresReason);
    }

    private DiskResult perform(DiskOp op) {
        switch (op) {
            case DiskOp.List _ -> {
                return list();
            }
            case DiskOp.Read read -> {
                return read(read);
            }
            case DiskOp.ZeroFill fill -> {
                File file = open(fill.file());
                file.cache = new byte[(int) fill.length()];
                file.dirty.set(0, sectors(file.cache.length));
            }
            case DiskOp.Write write -> write(open(write.file()), (int) write.position(), write.data());
            case DiskOp.Sync sync -> sync(open(sync.file()));
            case DiskOp.Rename rename -> {
                File file = names.remove(rename.from());
                names.put(rename.to(), file);
                pending.add(List.of(new NameChange(rename.from(), null), new NameChange(rename.to(), file)));
            }
            case DiskOp.Delete delete -> {
                if (names.remove(delete.file()) != null) {
                    pending.add(List.of(new NameChange(delete.file(), null)));
                }
            }
            case DiskOp.SyncDirectory _ -> {
                durableNames.clear();
                durableNames.putAll(names);
                pending.clear();
            }
        }
        return DiskResult.DONE;
    }

    private DiskResult list() {
        List<DiskResult.FileInfo> files = new ArrayList<>();
        names.forEach((name, file) -> files.add(new DiskResult.FileInfo(name, file.cache.length)));
        return new DiskResult.Listing(files);
    }

    private DiskResult read(DiskOp.Read read) {
        File file = names.get(read.file());
        if (file == null) {
            return new DiskResult.Failed(DiskResult.Reason.NOT_FOUND, read.file() + ": ENOENT");
        }
        int from = (int) Math.min(read.position(), file.cache.length);
        int to = Math.min(from + read.length(), file.cache.length);
        int bad = file.unreadable.nextSetBit(from / SECTOR);
        if (bad >= 0 && bad * SECTOR < to) {
            return new DiskResult.Failed(DiskResult.Reason.IO_ERROR, read.file() + ": EIO");
        }
        return new DiskResult.Data(Bytes.copyOf(file.cache, from, to));
    }

    private File open(String name) {
        File file = names.get(name);
        if (file == null) {
            file = new File();
            names.put(name, file);
            pending.add(List.of(new NameChange(name, file)));
        }
        return file;
    }

    private static void write(File file, int position, Bytes data) {
        int end = position + data.size();
        if (end > file.cache.length) {
            file.cache = Arrays.copyOf(file.cache, end);
        }
        data.copyTo(file.cache, position);
        file.dirty.set(position / SECTOR, sectors(end));
    }

    private static void sync(File file) {
        file.medium = Arrays.copyOf(file.medium, file.cache.length);
        file.dirty.stream().forEach(sector -> keep(file, sector, SECTOR));
        file.dirty.clear();
    }

    private static void keep(File file, int sector, int bytes) {
        int from = sector * SECTOR;
        int to = Math.min(from + bytes, Math.min(file.cache.length, file.medium.length));
        if (from < to) {
            System.arraycopy(file.cache, from, file.medium, from, to - from);
        }
    }

    private static int sectors(int bytes) {
        return (bytes + SECTOR - 1) / SECTOR;
    }

    // ---- crashes and damage --------------------------------------------------------------------------------

    /// The process is gone; what it had asked for and not got never happened.
    void processCrash() {
        queue.clear();
        failing = Integer.MAX_VALUE;
    }

    /// Of everything that no sync has confirmed, what `keeps` says survives.
    void powerCut(BooleanSupplier keeps) {
        powerCut(keeps, () -> SECTOR);
    }

    /// The same, and of a sector that survives, perhaps only so many bytes do.
    void powerCut(BooleanSupplier keeps, IntSupplier bytesOfSector) {
        processCrash();
        for (List<NameChange> changes : pending) {
            if (keeps.getAsBoolean()) {
                changes.forEach(change -> change.applyTo(durableNames));
            }
        }
        pending.clear();
        names.clear();
        names.putAll(durableNames);
        for (File file : names.values()) {
            if (file.medium.length != file.cache.length && keeps.getAsBoolean()) {
                file.medium = Arrays.copyOf(file.medium, file.cache.length);
            }
            file.dirty.stream().forEach(sector -> {
                if (keeps.getAsBoolean()) {
                    keep(file, sector, bytesOfSector.getAsInt());
                }
            });
            file.dirty.clear();
            file.cache = file.medium.clone();
        }
    }

    /// Flips bits of one byte, on the medium and in the cache.
    void flip(String name, int position, int mask) {
        File file = names.get(name);
        file.cache[position] ^= (byte) mask;
        file.medium[position] ^= (byte) mask;
    }

    void overwrite(String name, int position, byte[] bytes) {
        File file = names.get(name);
        System.arraycopy(bytes, 0, file.cache, position, bytes.length);
        System.arraycopy(bytes, 0, file.medium, position, bytes.length);
    }

    void makeUnreadable(String name, int position) {
        names.get(name).unreadable.set(position / SECTOR);
    }

    /// The file is gone, or was put there by somebody, durably.
    void remove(String name) {
        names.remove(name);
        durableNames.remove(name);
    }

    void put(String name, byte[] bytes) {
        File file = new File();
        file.cache = bytes.clone();
        file.medium = bytes.clone();
        names.put(name, file);
        durableNames.put(name, file);
    }

    // ---- looking -------------------------------------------------------------------------------------------

    List<String> names() {
        return List.copyOf(names.keySet());
    }

    byte[] bytes(String name) {
        return names.get(name).cache;
    }

    /// What a power cut leaves of it in the worst case.
    byte[] medium(String name) {
        return names.get(name).medium;
    }

    /// The same directory, to try something else with.
    FakeDisk copy() {
        FakeDisk copy = new FakeDisk();
        Map<File, File> copies = new HashMap<>();
        names.forEach((name, file) -> copy.names.put(name, copies.computeIfAbsent(file, File::copy)));
        durableNames.forEach((name, file) -> copy.durableNames.put(name, copies.computeIfAbsent(file, File::copy)));
        for (List<NameChange> changes : pending) {
            List<NameChange> mapped = new ArrayList<>();
            for (NameChange change : changes) {
                File file = change.fileOrNull() == null
                        ? null
                        : copies.computeIfAbsent(change.fileOrNull(), File::copy);
                mapped.add(new NameChange(change.name(), file));
            }
            copy.pending.add(mapped);
        }
        copy.lastId = lastId;
        return copy;
    }
}
