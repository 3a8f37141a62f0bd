package holdfast.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// One fault anywhere in a store that has lived: the next start finds everything that was confirmed, or refuses and
/// says where. It never goes on with less.
class DamageTest {

    private static final int LINE = 64;
    private static final int ZERO_STEP = 256;
    private static final List<Life> LIVES = List.of(Life.livedUntilCompaction(), Life.lived());

    /// Every byte of every structure, a few of each payload, and one here and there where nothing is written.
    @Test
    @DisplayName("one flipped bit")
    void bitFlip() {
        TreeMap<String, Integer> refused = new TreeMap<>();
        TreeMap<String, Integer> survived = new TreeMap<>();
        for (Life life : LIVES) {
            for (String name : life.disk.names()) {
                BitSet places = placesToFlip(name, life.disk.bytes(name));
                places.stream().forEach(at -> {
                    FakeDisk disk = life.disk.copy();
                    disk.flip(name, at, 1 << (at * 5 & 7));
                    boolean isRefused = check(life, disk, name + " flipped at " + at);
                    (isRefused ? refused : survived).merge(name.substring(0, 4), 1, Integer::sum);
                });
            }
        }
        assertEquals(List.of("snap", "wal-"), List.copyOf(refused.keySet()), "of the others there are two copies");
        assertEquals(List.of("IDEN", "META", "wal-"), List.copyOf(survived.keySet()), "a snapshot has no spare bit");
        assertTrue(refused.get("wal-") > 3_000, refused::toString);
        assertTrue(survived.get("wal-") > 500, survived::toString);
    }

    private static BitSet placesToFlip(String name, byte[] bytes) {
        BitSet places = new BitSet();
        for (int line = 0; line < bytes.length; line += LINE) {
            int end = Math.min(bytes.length, line + LINE);
            boolean isZero = Arrays.equals(bytes, line, end, new byte[LINE], 0, end - line);
            places.set(line, isZero ? line + (line % ZERO_STEP == 0 ? 1 : 0) : end);
        }
        SegmentHeader header = StoreFiles.segmentSeq(name) == 0 ? null : SegmentHeader.decode(bytes);
        if (header != null) {
            FileContent content = new FileContent(name, bytes, new BitSet());
            for (SegmentScan.Found batch : SegmentScan.of(content, header, SegmentScan.UNKNOWN_END).batches()) {
                batch.frames().forEach(frame -> thinOut(frame, places));
            }
        }
        return places;
    }

    private static void thinOut(Frame frame, BitSet places) {
        int begin = frame.position() + Frame.HEADER_BYTES + 2;
        int end = frame.position() + frame.length() - 2;
        for (int at = begin; at < end; at++) {
            places.set(at, at % 97 == 0);
        }
    }

    @Test
    @DisplayName("one block lost, garbled, unreadable, or overwritten with another block")
    void blocks() {
        Random random = new Random(5);
        for (Life life : LIVES) {
            for (String name : life.disk.names()) {
                byte[] bytes = life.disk.bytes(name);
                for (int at = 0; at + Raw.BLOCK <= bytes.length; at += Raw.BLOCK) {
                    byte[] garbage = new byte[Raw.BLOCK];
                    random.nextBytes(garbage);
                    check(life, overwritten(life, name, at, new byte[Raw.BLOCK]), name + " lost at " + at);
                    check(life, overwritten(life, name, at, garbage), name + " garbled at " + at);
                    FakeDisk unreadable = life.disk.copy();
                    unreadable.makeUnreadable(name, at + 100);
                    check(life, unreadable, name + " unreadable at " + at);
                    for (int from = 0; from < bytes.length; from += Raw.BLOCK) {
                        byte[] other = Arrays.copyOfRange(bytes, from, from + Raw.BLOCK);
                        check(life, overwritten(life, name, at, other), name + " " + from + " written to " + at);
                        if (from != at && saysWhatItIs(other)) {
                            FakeDisk misdirected = overwritten(life, name, at, other);
                            misdirected.overwrite(name, from, new byte[Raw.BLOCK]);
                            check(life, misdirected, name + " " + from + " written to " + at + " instead");
                        }
                    }
                }
            }
        }
    }

    /// Frames and descriptors do. The second block of a batch does not: in the place of the batch's only descriptors it would
    /// not be recognised.
    private static boolean saysWhatItIs(byte[] block) {
        int magic = Raw.getInt(block, 0);
        return magic == Frame.MAGIC || magic == Descriptor.MAGIC;
    }

    private static FakeDisk overwritten(Life life, String name, int at, byte[] bytes) {
        FakeDisk disk = life.disk.copy();
        disk.overwrite(name, at, bytes);
        return disk;
    }

    /// A lost segment that is kept for single entries is noticed when somebody asks for one.
    @Test
    @DisplayName("one file lost, or cut short")
    void files() {
        for (Life life : LIVES) {
            for (String name : life.disk.names()) {
                FakeDisk lost = life.disk.copy();
                lost.remove(name);
                Host found = Host.started(lost);
                if (found.isReady()) {
                    life.promises.checkKeptOrReported(life.host, found, name + " lost");
                }
                byte[] bytes = life.disk.bytes(name);
                for (int length = 0; length < bytes.length; length += Raw.BLOCK) {
                    FakeDisk cut = life.disk.copy();
                    cut.put(name, Arrays.copyOf(bytes, length));
                    check(life, cut, name + " cut to " + length);
                }
            }
        }
    }

    /// Two faults, but no rarer than one: a drive that has lost a write to one copy may lose the next one to the other.
    @Test
    @DisplayName("the newest write to both copies of META lost: a segment that holds proofs is missed, and not deleted")
    void bothCopiesOfMeta() {
        Host host = Host.fresh();
        Entries log = new Entries();
        byte[] before = host.disk.bytes(StoreFiles.META_A).clone();
        long named = MetaRecord.decode(before).tailSegSeq();
        while (MetaRecord.decode(host.disk.bytes(StoreFiles.META_B)).tailSegSeq() == named) {
            host.append(0, log.next(1, 700));
            host.run();
        }
        FakeDisk unproven = withBoth(host, before);
        assertEquals("", Host.started(unproven).refusal(), "nothing is known to have been promised from there");

        host.append(0, log.next(1, 10));
        host.run();
        FakeDisk disk = withBoth(host, before);
        List<String> names = disk.names();
        String missed = StoreFiles.segment(named + 1);
        String report = Host.started(disk).refusal();
        assertTrue(report.startsWith("META.A: no copy that can be believed names " + missed), report);
        assertEquals(names, disk.names());

        FakeDisk rotten = host.disk.copy();
        rotten.overwrite(StoreFiles.META_A, 0, new byte[Raw.BLOCK]);
        assertEquals("", Host.started(rotten.copy()).refusal(), "META.B names it");
        rotten.overwrite(StoreFiles.META_B, 0, before);
        assertTrue(Host.started(rotten).refusal().contains("names " + missed), "one copy is rotten, and the other one old");
    }

    private static FakeDisk withBoth(Host host, byte[] meta) {
        FakeDisk disk = host.disk.copy();
        disk.overwrite(StoreFiles.META_A, 0, meta);
        disk.overwrite(StoreFiles.META_B, 0, meta);
        return disk;
    }

    /// Returns whether the store was refused; then the report names a file, and nothing on the disk was changed.
    private static boolean check(Life life, FakeDisk disk, String fault) {
        FakeDisk before = disk.copy();
        Host found = Host.started(disk);
        if (found.isReady()) {
            life.promises.checkKept(life.host, found, fault);
            return false;
        }
        String report = found.refusal() + found.failure();
        assertTrue(before.names().stream().anyMatch(report::contains), () ->
                fault + ": " + found.recovery.outcome());
        assertEquals(before.names(), disk.names(), fault);
        for (String name : before.names()) {
            assertTrue(Arrays.equals(before.bytes(name), disk.bytes(name)), () -> fault + " changed " + name);
        }
        return true;
    }
}
