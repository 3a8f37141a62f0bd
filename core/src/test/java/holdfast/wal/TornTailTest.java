package holdfast.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Sometimes;
import holdfast.raft.LogEntry;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The last batch, whole or in part, before and after it was confirmed.
class TornTailTest {

    private static final int SECTOR = 512;

    private final Entries log = new Entries();
    private final Host host = Host.fresh().settle();
    private String file;
    private int begin;
    private byte[] whole;

    /// Two blocks of five entries behind three older ones, in the page cache only.
    @BeforeEach
    void writeWithoutSync() {
        host.append(0, log.next(1, 100, 3));
        host.run();
        host.append(0, log.next(1, 1_300, 5));
        host.flush();
        host.step();
        host.step();
        Place place = host.wal.placeOf(5);
        file = place.file();
        begin = (int) place.position();
        whole = Arrays.copyOfRange(host.disk.bytes(file), begin, begin + 2 * Raw.BLOCK);
        assertEquals(1, host.durable);
    }

    @Test
    @DisplayName("cut at any sector: the frames before the cut are kept, in a new file, and the rest never was")
    void prefix() {
        for (int kept = 0; kept <= whole.length; kept += SECTOR) {
            byte[] torn = Arrays.copyOf(Arrays.copyOf(whole, kept), whole.length);
            check(torn, entriesWithin(kept));
        }
    }

    @Test
    @DisplayName("with a hole at any sector: the frames before the hole are kept")
    void hole() {
        for (int hole = 0; hole < whole.length; hole += SECTOR) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, hole, hole + SECTOR, (byte) 0);
            check(torn, entriesWithin(hole));
        }
    }

    @Test
    @DisplayName("with a bit flipped anywhere in the last sector of a frame: the frames before it are kept")
    void garbled() {
        for (int at = 0; at < 5 * 1_400; at += 131) {
            byte[] torn = whole.clone();
            torn[at] ^= 0x10;
            check(torn, entriesWithin(at));
        }
    }

    @Test
    @DisplayName("a record that holds the log of another disk is no frame of this one, wherever the tear leaves it")
    void imitation() {
        Host other = Host.started(Host.formatted(Host.config(2)), Host.config(2));
        other.append(0, new Entries().next(1, 500));
        other.settle();
        Place copied = other.wal.placeOf(2);
        byte[] frame = Arrays.copyOfRange(
                other.disk.bytes(copied.file()), (int) copied.position(), (int) copied.position() + 600);
        byte[] record = new byte[6_000];
        System.arraycopy(frame, 0, record, Raw.BLOCK - Frame.HEADER_BYTES, frame.length);

        Host torn = Host.fresh().settle();
        torn.append(0, new Entries().next(1, Bytes.wrap(record)));
        torn.flush();
        torn.step();
        torn.step();
        Place place = torn.wal.placeOf(2);
        byte[] kept = torn.disk.bytes(place.file());
        int second = (int) place.position() + Raw.BLOCK;
        assertTrue(Arrays.equals(frame, 0, frame.length, kept, second, second + frame.length), "it begins a block");
        torn.disk.overwrite(place.file(), (int) place.position(), new byte[Raw.BLOCK]);

        Host found = Host.started(torn.disk.copy());
        assertEquals("", found.refusal());
        assertEquals(1, found.ready.entries().size());
        assertTrue(found.reached.contains(Sometimes.RECOVERY_TORN_TAIL));
    }

    /// How many whole frames there are before this place of the batch.
    private int entriesWithin(int bytes) {
        return Math.min(5, bytes / (Frame.HEADER_BYTES + 1_304));
    }

    private void check(byte[] torn, int kept) {
        FakeDisk disk = host.disk.copy();
        disk.overwrite(file, begin, torn);
        byte[] before = disk.bytes(file).clone();
        Host found = Host.started(disk);
        assertEquals("", found.refusal());
        List<LogEntry> expected = log.after(0).subList(0, 4 + kept);
        assertEquals(expected, found.ready.entries());
        boolean isEmpty = Arrays.equals(torn, new byte[torn.length]);
        boolean isWhole = Arrays.equals(torn, whole);
        assertEquals(!isEmpty && !isWhole, found.reached.contains(Sometimes.RECOVERY_TORN_TAIL));
        assertTrue(found.reached.contains(Sometimes.RECOVERY_COPIED_FORWARD) || kept == 0);
        assertFalse(found.reached.contains(Sometimes.RECOVERY_FOUND_CORRUPTION));
        if (disk.names().contains(file)) {
            assertTrue(Arrays.equals(before, disk.bytes(file)), "old files are not modified");
        }
        // Nothing of the torn batch is classified ever again, whatever is written behind it.
        found.append(0, Entries.following(log.position(4 + kept), 9, 20));
        found.settle();
        Host again = found.restarted();
        assertEquals("", again.refusal());
        assertEquals(5 + kept, again.ready.entries().size());
        assertFalse(again.reached.contains(Sometimes.RECOVERY_TORN_TAIL));
    }

    @Test
    @DisplayName("the same hole is damage once a descriptor, or the next segment proves the batch")
    void provenBatch() {
        host.run();
        assertEquals(2, host.durable);
        FakeDisk unproven = host.disk.copy();
        unproven.processCrash();
        unproven.overwrite(file, begin, new byte[SECTOR]);
        Host silent = Host.started(unproven);
        assertTrue(silent.isReady(), "a double fault within the idle time is read as torn");
        assertEquals(4, silent.ready.entries().size());

        FakeDisk byDescriptor = host.settle().disk.copy();
        byDescriptor.overwrite(file, begin, new byte[SECTOR]);
        Host refused = Host.started(byDescriptor);
        assertTrue(refused.refusal().contains(file), refused.refusal());
        assertTrue(refused.refusal().contains("entries 5 to 9"), refused.refusal());
        assertTrue(refused.reached.contains(Sometimes.RECOVERY_FOUND_CORRUPTION));

        host.append(0, log.next(1, 7_000));
        host.append(0, log.next(1, 7_000));
        host.run();
        assertFalse(file.equals(host.wal.placeOf(log.last()).file()), "the log has rolled");
        FakeDisk bySegment = host.disk.copy();
        bySegment.processCrash();
        bySegment.overwrite(file, begin, new byte[28_672 - begin]);
        bySegment.overwrite(file, SegmentHeader.COPIES_BYTES, new byte[64 * Descriptor.BYTES]);
        assertTrue(Host.started(bySegment).refusal().contains("the next segment"), "the next segment is there");
    }

    @Test
    @DisplayName("a batch that does not verify is damage if a younger one is there, even a torn one")
    void youngerBatch() {
        Host other = Host.fresh();
        Entries entries = new Entries();
        for (int i = 0; i < 3; i++) {
            other.append(0, entries.next(1, 2_000));
            other.run();
        }
        Place second = other.wal.placeOf(3);
        Place third = other.wal.placeOf(4);
        other.disk.processCrash();
        other.disk.overwrite(second.file(), SegmentHeader.COPIES_BYTES, new byte[64 * Descriptor.BYTES]);
        other.disk.overwrite(third.file(), (int) third.position() + 1_000, new byte[1_000]);
        FakeDisk torn = other.disk.copy();
        assertEquals(entries.after(0).subList(0, 3), Host.started(torn).ready.entries());
        for (int kept : List.of(0, 50, 300)) {
            FakeDisk disk = other.disk.copy();
            disk.overwrite(second.file(), (int) second.position() + kept, new byte[Raw.BLOCK - kept]);
            assertTrue(Host.started(disk).refusal().contains("batch 4 stands behind it"), Host.started(disk).refusal());
        }
    }

    @Test
    @DisplayName("more than one batch can leave behind is damage")
    void tooMuch() {
        FakeDisk disk = Host.fresh().settle().disk;
        int end = 28_672 - 3 * Raw.BLOCK;
        byte[] garbage = new byte[2 * Raw.BLOCK];
        Arrays.fill(garbage, (byte) 7);
        disk.overwrite(file, end, garbage);
        assertTrue(Host.started(disk.copy()).isReady());
        disk.overwrite(file, end + garbage.length, new byte[] {7});
        assertTrue(Host.started(disk).refusal().contains("more than one batch"));
    }

    @Test
    @DisplayName("a restarted process does not believe the page cache: the unproven batch is written and synced again")
    void phantom() {
        host.disk.processCrash();
        Host again = Host.started(host.disk);
        assertEquals(log.after(0), again.ready.entries());
        host.disk.powerCut(() -> false);
        assertEquals(log.after(0), Host.started(host.disk).ready.entries());
    }
}
