package holdfast.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Sometimes;
import holdfast.raft.HardState;
import holdfast.raft.LogEntry;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Whose store it is, and which files must be there.
class StoreFaultsTest {

    private Entries log = new Entries();

    /// Three segments, term 2.
    private Host lived() {
        log = new Entries();
        Host host = Host.fresh();
        host.persist(2, 1);
        for (int i = 0; i < 10; i++) {
            host.append(0, log.next(2, 3_000));
            host.run();
        }
        return host.settle();
    }

    @Test
    @DisplayName("another node's directory is refused")
    void foreignStore() {
        FakeDisk disk = lived().disk;
        Host other = new Host(disk, Host.config(2));
        other.run();
        String cluster = Host.config(1).clusterId().toString();
        assertEquals("this is the store of node 1 of cluster " + cluster + ", and you said node 2 of cluster " + cluster
                + ". Nothing was changed. Give each node its own directory.", other.refusal());
    }

    @Test
    @DisplayName("a segment of another node is refused")
    void foreignSegment() {
        Host host = lived();
        Host other = new Host(Host.formatted(Host.config(2)), Host.config(2));
        other.run();
        String first = "wal-0000000002.log";
        host.disk.put(first, other.disk.bytes(first));
        assertTrue(host.restarted().refusal().startsWith(first));
    }

    @Test
    @DisplayName("a segment under another's name is refused")
    void renamedSegment() {
        Host host = lived();
        host.disk.put("wal-0000000003.log", host.disk.bytes("wal-0000000002.log"));
        assertTrue(host.restarted().refusal().contains("its header says that it is segment 2"));
    }

    @Test
    @DisplayName("the missing newest segment is missed, because META names it")
    void missingTail() {
        Host host = lived();
        String tail = host.wal.placeOf(log.last()).file();
        host.disk.remove(tail);
        Host found = host.restarted();
        assertTrue(found.refusal().startsWith(tail + ": the file is missing"), found.refusal());
        assertTrue(found.reached.contains(Sometimes.RECOVERY_FOUND_CORRUPTION));
    }

    @Test
    @DisplayName("a missing segment in the middle is missed")
    void missingMiddle() {
        Host host = lived();
        host.disk.remove("wal-0000000003.log");
        assertTrue(host.restarted().refusal().contains("what follows entry 0 is in none of the segments"));
    }

    @Test
    @DisplayName("a segment beyond META's tail has never confirmed anything: it is deleted")
    void newerThanTail() {
        Host host = lived();
        byte[] prepared = new byte[28_672];
        new Random(3).nextBytes(prepared);
        host.disk.put("wal-0000000009.log", prepared);
        Host found = host.restarted();
        assertEquals(log.after(0), found.ready.entries());
        assertFalse(found.disk.names().contains("wal-0000000009.log"));
        assertTrue(found.disk.names().contains("wal-0000000010.log"), "no number is used twice");
    }

    @Test
    @DisplayName("one copy of META is enough, either of them; both are needed again afterwards")
    void oneMeta() {
        for (String name : List.of("META.A", "META.B")) {
            Host host = lived();
            host.disk.overwrite(name, 0, new byte[Raw.BLOCK]);
            Host found = host.restarted();
            assertEquals(new HardState(2, 1), found.ready.hardState());
            assertTrue(found.reached.contains(Sometimes.RECOVERY_META_REPAIRED));
            for (String copy : List.of("META.A", "META.B")) {
                assertEquals(new HardState(2, 1), MetaRecord.decode(host.disk.medium(copy)).hardState());
            }
        }
    }

    @Test
    @DisplayName("whichever copy of META is broken, a crash while it is rewritten does not lose the other")
    void brokenMetaAndCrash() {
        for (String name : List.of("META.A", "META.B")) {
            FakeDisk broken = lived().disk;
            broken.processCrash();
            broken.overwrite(name, 0, new byte[] {1, 2, 3});
            for (int operations = 0; operations < 60; operations++) {
                FakeDisk disk = broken.copy();
                Host first = new Host(disk, Host.config(1));
                for (int i = 0; i < operations; i++) {
                    first.step();
                }
                disk.powerCut(() -> true, () -> 30);
                assertEquals(new HardState(2, 1), Host.started(disk).ready.hardState());
            }
        }
    }

    @Test
    @DisplayName("without META there is no saying whom this node voted for: refused")
    void noMeta() {
        Host host = lived();
        host.disk.overwrite("META.A", 0, new byte[Raw.BLOCK]);
        host.disk.overwrite("META.B", 0, new byte[Raw.BLOCK]);
        assertTrue(host.restarted().refusal().contains("voted for"));
    }

    @Test
    @DisplayName("frames with right checksums and wrong hashes are refused")
    void wrongHashes() {
        LogEntry second = log.next(1, 10);
        LogEntry otherContent = new LogEntry(2, 1, second.type(), log.get(1).payload(), second.hash(), second.chain());
        LogEntry otherHistory = new LogEntry(2, 1, second.type(), second.payload(), second.hash(), second.hash());
        for (LogEntry forged : List.of(otherContent, otherHistory)) {
            Host host = Host.fresh();
            host.append(0, forged);
            host.settle();
            assertTrue(host.restarted().refusal().contains("entry 2 is not what its hashes say"));
        }
        Host host = Host.fresh();
        host.archive(otherContent);
        host.settle();
        assertTrue(host.restarted().refusal().contains("the archived entry is not what its hash says"));
    }

    @Test
    @DisplayName("META of another node is refused")
    void foreignMeta() {
        Host host = lived();
        Host other = new Host(Host.formatted(Host.config(2)), Host.config(2));
        other.run();
        host.disk.put("META.A", other.disk.bytes("META.A"));
        host.disk.put("META.B", other.disk.bytes("META.B"));
        assertTrue(host.restarted().refusal().contains("it belongs to"));
    }

    @Test
    @DisplayName("a used store without IDENT is a damaged one")
    void identLost() {
        Host host = lived();
        host.disk.remove("IDENT");
        assertTrue(host.restarted().refusal().contains("the directory has been used"));
    }

    @Test
    @DisplayName("a directory without a store is told from a damaged one, and stays as it is")
    void noStore() {
        for (String name : List.of("", "holiday.jpg", "LOCK", "FORMATION", "IDENT.tmp")) {
            FakeDisk disk = new FakeDisk();
            if (!name.isEmpty()) {
                disk.put(name, new byte[100]);
            }
            List<String> before = disk.names();
            Recovery outcome = Host.started(disk).recovery.outcome();
            assertTrue(outcome instanceof Recovery.NoStore, () -> name + ": " + outcome);
            String report = ((Recovery.NoStore) outcome).report();
            assertTrue(report.contains("'./holdfast replace-disk 1'"), report);
            assertTrue(report.contains("'./holdfast format'"), report);
            assertEquals(name.equals("holiday.jpg"), report.contains(name) && !name.isEmpty(), report);
            assertEquals(before, disk.names());
        }
    }

    @Test
    @DisplayName("the advice for a damaged store names the node and the page")
    void advice() {
        Host host = lived();
        host.disk.remove("META.A");
        host.disk.remove("META.B");
        String refusal = host.restarted().refusal();
        assertTrue(refusal.endsWith("To give it an empty disk, see './holdfast replace-disk 1' and"
                + " docs/operate/replace-a-disk.md."), refusal);
    }

    @Test
    @DisplayName("files under construction are deleted, names that are not ours are left")
    void unfinished() {
        Host host = lived();
        host.disk.put("wal-0000000077.log.tmp", new byte[10]);
        host.disk.put("snap-0000000000000000001-0000000000000000001.snap.tmp", new byte[10]);
        host.disk.put("notes.tmp", new byte[10]);
        List<String> names = host.restarted().disk.names();
        assertTrue(names.contains("notes.tmp"));
        assertEquals(1, names.stream().filter(name -> name.endsWith(".tmp")).count(), names::toString);
        assertTrue(names.contains("wal-0000000078.log"), names::toString);
    }

    @Test
    @DisplayName("a disk that answers with errors is a failed start, not a damaged store")
    void failingDisk() {
        for (int failing = 0; failing < 2; failing++) {
            FakeDisk disk = lived().disk;
            disk.processCrash();
            disk.failAfter(failing, false);
            Host found = Host.started(disk);
            assertTrue(found.recovery.outcome() instanceof Recovery.Failed);
            assertTrue(found.restarted().isReady());
        }
    }

    @Test
    @DisplayName("one unreadable block of what is kept twice is no loss; one of a batch is")
    void unreadable() {
        Host host = lived();
        for (String name : List.of("IDENT", "META.A", "wal-0000000003.log")) {
            FakeDisk disk = host.disk.copy();
            disk.makeUnreadable(name, 0);
            assertTrue(Host.started(disk).isReady(), name);
        }
        FakeDisk disk = host.disk.copy();
        Place place = host.wal.placeOf(2);
        disk.makeUnreadable(place.file(), (int) place.position());
        Host refused = Host.started(disk);
        assertEquals("", refused.refusal(), "what cannot be read is not known to be damaged");
        assertTrue(refused.failure().startsWith("the disk could not be read while the log was recovered: "
                + place.file() + ": EIO. Nothing was changed"), refused::failure);
    }

    @Test
    @DisplayName("rot that was survived is told and mended: the second flip, months later, is survived as well")
    void mended() {
        Host host = lived();
        for (String name : List.of("IDENT", "META.A", "META.B", "wal-0000000003.log")) {
            for (int copy = 0; copy < (name.startsWith("META") ? 1 : 2); copy++) {
                FakeDisk disk = host.disk.copy();
                disk.flip(name, copy * Raw.BLOCK + 20, 4);
                Host found = Host.started(disk);
                assertEquals(1, found.ready.rot().count(), name);
                assertTrue(found.ready.rot().latest().getFirst().startsWith(name + ": "), name);
                assertEquals(0, found.restarted().ready.rot().count(), name + " was mended");

                disk.flip(name, (name.startsWith("META") ? 0 : 1 - copy) * Raw.BLOCK + 20, 4);
                assertTrue(Host.started(disk).isReady(), name);
            }
        }
        FakeDisk disk = host.disk.copy();
        disk.remove("META.A");
        assertTrue(Host.started(disk).ready.rot().latest().getFirst().startsWith("META.A: it is missing"));
        assertEquals(0, Host.started(host.disk.copy()).ready.rot().count());
    }

    @Test
    @DisplayName("a start says how far it has come")
    void progress() {
        FakeDisk disk = lived().disk;
        disk.processCrash();
        Host starting = new Host(disk, Host.config(1));
        Set<String> told = new TreeSet<>();
        while (starting.recovery.outcome() == null) {
            told.add(starting.recovery.progress());
            starting.step();
        }
        assertTrue(told.contains("looks at the files"), told::toString);
        assertTrue(told.stream().anyMatch(text -> text.matches("1 of [0-9]+ segments read")), told::toString);
        assertTrue(starting.ready.segments() > 1);
    }

    @Test
    @DisplayName("later starts may use other sizes")
    void otherSizes() {
        FakeDisk disk = Host.formatted();
        List<WalConfig> configs = List.of(
                Host.config(1),
                Host.config(1, 64 << 10, 128, 16_384),
                Host.config(1, 20_480, 64, 4_096),
                Host.config(1, 256 << 10, 512, 64 << 10),
                Host.config(1));
        for (WalConfig config : configs) {
            Host host = new Host(disk, config);
            host.run();
            assertEquals(log.after(0), host.ready.entries());
            for (int i = 0; i < 3; i++) {
                host.append(0, log.next(1, config.payloadBytesMax()));
                host.append(0, log.next(1, 5, 20));
                host.run();
            }
            disk.processCrash();
        }
        assertEquals(log.after(0), Host.started(disk).ready.entries());
    }
}
