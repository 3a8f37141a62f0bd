package holdfast.node;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.env.Disk;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.raft.Membership;
import holdfast.wal.Formatting;
import holdfast.wal.StoreId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A data directory in memory that never forgets: what is written is durable. Operations wait until the test lets the
/// disk work, and fail if it says so.
final class MemoryDisk implements Disk {

    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final ArrayDeque<DiskOp> waiting = new ArrayDeque<>();
    private boolean isBroken;

    void format(StoreId owner, Membership first) {
        Formatting formatting = new Formatting(owner, first, Bytes.EMPTY);
        formatting.runOn(this::perform);
        Check.that(formatting.outcome() instanceof Formatting.Outcome.Formatted, "an empty disk can be formatted");
    }

    @Override
    public void submit(DiskOp op) {
        waiting.addLast(op);
    }

    boolean isIdle() {
        return waiting.isEmpty();
    }

    /// The process is gone; what it had asked for is not done any more.
    void forget() {
        waiting.clear();
    }

    /// From now on every operation fails.
    void breakDown() {
        isBroken = true;
    }

    void repair() {
        isBroken = false;
    }

    byte[] bytes(String file) {
        return files.get(file);
    }

    List<String> names() {
        return List.copyOf(files.keySet());
    }

    /// What is done next.
    DiskOp next() {
        return waiting.getFirst();
    }

    DiskResult work() {
        DiskOp op = waiting.removeFirst();
        return isBroken ? new DiskResult.Failed(DiskResult.Reason.IO_ERROR, "broken") : perform(op);
    }

    private DiskResult perform(DiskOp op) {
        switch (op) {
            case DiskOp.List _ -> {
                List<DiskResult.FileInfo> list = new ArrayList<>();
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    list.add(new DiskResult.FileInfo(file.getKey(), file.getValue().length));
                }
                return new DiskResult.Listing(list);
            }
            case DiskOp.Read read -> {
                byte[] file = files.get(read.file());
                int from = (int) Math.min(read.position(), file.length);
                return new DiskResult.Data(Bytes.copyOf(file, from, Math.min(file.length, from + read.length())));
            }
            case DiskOp.ZeroFill fill -> files.put(fill.file(), new byte[(int) fill.length()]);
            case DiskOp.Write write -> write(write);
            case DiskOp.Rename rename -> files.put(rename.to(), files.remove(rename.from()));
            case DiskOp.Delete delete -> files.remove(delete.file());
            case DiskOp.Sync _, DiskOp.SyncDirectory _ -> {}
        }
        return DiskResult.DONE;
    }

    private void write(DiskOp.Write write) {
        int end = (int) write.position() + write.data().size();
        byte[] file = files.getOrDefault(write.file(), new byte[0]);
        byte[] longer = Arrays.copyOf(file, Math.max(file.length, end));
        write.data().copyTo(longer, (int) write.position());
        files.put(write.file(), longer);
    }
}
