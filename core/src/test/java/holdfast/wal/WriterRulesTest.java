package holdfast.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Sometimes;
import holdfast.env.DiskOp;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The order of disk operations, as they were asked for and performed over a whole life.
class WriterRulesTest {

    private final Life life = Life.lived();
    private final List<FakeDisk.Submitted> submitted = life.disk.submitted();
    private final List<DiskOp> performed = life.disk.performed();
    private final Checksum checksum = Checksum.of(Host.config(1).storeId());
    private final int data = Host.config(1).segmentBytes() - 4 * Raw.BLOCK;

    @Test
    @DisplayName("no batch is written before the sync of the batch before it has answered")
    void oneBatchInFlight() {
        int batches = 0;
        int lastSync = -1;
        for (FakeDisk.Submitted asked : submitted) {
            if (isBatch(asked.op())) {
                assertTrue(asked.performed() > lastSync, () -> "too early: " + asked);
                lastSync = syncAfter(asked.op());
                batches++;
            }
        }
        assertTrue(batches > 15, "there were batches");
    }

    @Test
    @DisplayName("a descriptor is written after the sync that it proves")
    void proofsFollowTheSync() {
        TreeMap<Long, Integer> syncOf = new TreeMap<>();
        int proofs = 0;
        for (FakeDisk.Submitted asked : submitted) {
            if (isBatch(asked.op())) {
                syncOf.put(batchNo((DiskOp.Write) asked.op()), syncAfter(asked.op()));
            } else if (asked.op() instanceof DiskOp.Write write && isProof(write)) {
                for (int at = 0; at < write.data().size(); at += Descriptor.BYTES) {
                    Descriptor descriptor = Descriptor.decode(checksum, write.data().toArray(), at);
                    assertTrue(asked.performed() > syncOf.get(descriptor.batchNo()), () -> "too early: " + descriptor);
                    proofs++;
                }
            }
        }
        assertTrue(proofs > 30, "there were proofs");
    }

    @Test
    @DisplayName("every write is synced, and a file gets its name when it is; the name is synced too")
    void everyWriteIsSynced() {
        for (int i = 0; i < performed.size(); i++) {
            if (performed.get(i) instanceof DiskOp.Write write) {
                assertTrue(syncAfter(write) < performed.size(), () -> "never synced: " + write);
            }
            if (performed.get(i) instanceof DiskOp.Rename rename) {
                List<DiskOp> before = performed.subList(0, i);
                assertTrue(lastIndexOf(before, rename.from(), true) > lastIndexOf(before, rename.from(), false));
                List<DiskOp> after = performed.subList(i, performed.size());
                assertTrue(after.stream().anyMatch(DiskOp.SyncDirectory.class::isInstance));
            }
        }
    }

    private static int lastIndexOf(List<DiskOp> operations, String file, boolean sync) {
        for (int i = operations.size() - 1; i >= 0; i--) {
            boolean matches = switch (operations.get(i)) {
                case DiskOp.Sync op -> sync && op.file().equals(file);
                case DiskOp.Write op -> !sync && op.file().equals(file);
                case DiskOp.ZeroFill op -> !sync && op.file().equals(file);
                case DiskOp.List _, DiskOp.Read _, DiskOp.Rename _, DiskOp.Delete _, DiskOp.SyncDirectory _ -> false;
            };
            if (matches) {
                return i;
            }
        }
        return -1;
    }

    @Test
    @DisplayName("the second copy of META is written when the first one is durable")
    void metaInTwoSteps() {
        List<String> steps = new ArrayList<>();
        for (DiskOp op : performed) {
            switch (op) {
                case DiskOp.Write write when write.file().startsWith("META") -> steps.add("write " + write.file());
                case DiskOp.Sync sync when sync.file().startsWith("META") -> steps.add("sync " + sync.file());
                default -> {}
            }
        }
        List<String> start = List.of("write META.B", "sync META.B", "write META.A", "sync META.A");
        List<String> change = List.of("write META.A", "sync META.A", "write META.B", "sync META.B");
        assertEquals(start, steps.subList(0, 4), "a start begins with the copy that was written last");
        assertEquals(0, steps.size() % 4);
        for (int i = 4; i < steps.size(); i += 4) {
            assertEquals(change, steps.subList(i, i + 4));
        }
    }

    @Test
    @DisplayName("nothing of a new segment is confirmed before META names it, twice, on the medium")
    void metaNamesTheTail() {
        Host host = Host.fresh();
        Entries log = new Entries();
        int rolls = 0;
        for (int i = 0; i < 12; i++) {
            host.append(0, log.next(1, 3_000));
            host.flush();
            while (host.durable <= i) {
                assertTrue(host.step());
            }
            String file = host.wal.placeOf(log.last()).file();
            for (String name : List.of("META.A", "META.B")) {
                long tail = MetaRecord.decode(host.disk.medium(name)).tailSegSeq();
                assertEquals(file, StoreFiles.segment(tail));
            }
            rolls += host.reached.remove(Sometimes.SEGMENT_ROLLED) ? 1 : 0;
            host.run();
        }
        assertTrue(rolls >= 3);
    }

    @Test
    @DisplayName("what gathers during a sync becomes one batch")
    void groupCommit() {
        Host host = Host.fresh();
        Entries log = new Entries();
        host.append(0, log.next(1, 10));
        host.flush();
        host.append(0, log.next(1, 10));
        host.append(0, log.next(1, 10));
        host.flush();
        assertFalse(host.reached.contains(Sometimes.GROUP_COMMIT));
        int before = host.disk.performed().size();
        host.run();
        assertEquals(3, host.durable);
        assertTrue(host.reached.contains(Sometimes.GROUP_COMMIT));
        assertEquals(2, host.disk.performed().stream().skip(before).filter(this::isBatch).count());
    }

    @Test
    @DisplayName("a proof that nothing takes along is written when the log has been idle for a while")
    void idleProof() {
        Host host = Host.fresh().settle();
        Entries log = new Entries();
        host.append(0, log.next(1, 10));
        host.run();
        assertEquals(host.now + Host.IDLE_MICROS, host.wal.nextDeadline(), 10);
        host.now = host.wal.nextDeadline() - 1;
        host.run();
        int before = host.disk.performed().size();
        host.now = host.wal.nextDeadline();
        host.run();
        List<DiskOp> then = host.disk.performed().subList(before, host.disk.performed().size());
        assertEquals(2, then.size());
        assertTrue(isProof((DiskOp.Write) then.get(0)));
        assertEquals(((DiskOp.Write) then.get(0)).file(), ((DiskOp.Sync) then.get(1)).file());
        assertEquals(Long.MAX_VALUE, host.wal.nextDeadline());
    }

    @Test
    @DisplayName("states that overtake each other while META is being written are written once")
    void metaCoalesces() {
        Host host = Host.fresh();
        int before = host.disk.performed().size();
        host.persist(1, 1);
        host.flush();
        host.persist(2, 0);
        host.persist(2, 3);
        host.persist(3, 1);
        host.run();
        assertEquals(4, host.hardStateDurable);
        assertEquals(8, host.disk.performed().size() - before);
    }

    private boolean isBatch(DiskOp op) {
        return op instanceof DiskOp.Write write && write.file().startsWith("wal-") && write.position() >= data;
    }

    private boolean isProof(DiskOp.Write write) {
        return write.file().endsWith(".log")
                && write.position() >= SegmentHeader.COPIES_BYTES
                && write.position() < data;
    }

    private static long batchNo(DiskOp.Write write) {
        return Raw.getLong(write.data().toArray(), Frame.AT_BATCH);
    }

    /// When the first sync of its file after this write was performed.
    private int syncAfter(DiskOp write) {
        String file = ((DiskOp.Write) write).file();
        int at = performed.indexOf(write);
        while (at < performed.size() && !(performed.get(at) instanceof DiskOp.Sync sync && sync.file().equals(file))) {
            at++;
        }
        return at;
    }
}
