package holdfast.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.env.DiskOp;
import holdfast.raft.LogEntry;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Reading entries back by index.
class EntryReadsTest {

    private final Entries log = new Entries();
    private final Host host = Host.fresh();

    private void write(int entries) {
        for (int i = 0; i < entries; i++) {
            host.append(0, log.next(1, 100 + 37 * i));
            if (i % 3 == 2) {
                host.run();
            }
        }
        host.run();
    }

    private List<LogEntry> answer(long token) {
        host.run();
        return host.read.get(token);
    }

    @Test
    @DisplayName("in the order asked, from any segment, also twice")
    void anyOrder() {
        write(60);
        assertEquals(
                List.of(log.get(40), log.get(2), log.get(61), log.get(2), log.get(1)),
                answer(host.ask(40L, 2L, 61L, 2L, 1L)));
    }

    @Test
    @DisplayName("neighbours are fetched with one operation")
    void together() {
        write(12);
        int before = host.disk.performed().size();
        long token = host.ask(4L, 5L, 6L, 7L);
        assertEquals(List.of(log.get(4), log.get(5), log.get(6), log.get(7)), answer(token));
        assertEquals(1, host.disk.performed().stream().skip(before).filter(DiskOp.Read.class::isInstance).count());
    }

    @Test
    @DisplayName("what still waits to be written is answered when it is")
    void waits() {
        write(3);
        host.append(0, log.next(1, 10));
        host.flush();
        host.append(0, log.next(1, 20), log.next(1, 30));
        long token = host.ask(2L, log.last());
        assertNull(host.read.get(token));
        assertEquals(List.of(log.get(2), log.get(log.last())), answer(token));
    }

    @Test
    @DisplayName("an index that is about to be replaced is answered with what replaces it")
    void replaced() {
        write(6);
        host.append(0, log.next(1, 10));
        host.flush();
        log.truncateFrom(5);
        LogEntry replacement = log.next(2, 50);
        host.append(5, replacement);
        assertEquals(List.of(replacement), answer(host.ask(5L)));
    }

    @Test
    @DisplayName("an archived entry that still waits to be written is answered when it is")
    void waitsForArchive() {
        Entries leader = new Entries();
        leader.next(3, 30, 20);
        host.append(0, log.next(1, 10));
        host.flush();
        host.archive(leader.get(9), leader.get(15));
        host.reset(leader.position(20));
        assertEquals(List.of(leader.get(15), leader.get(9)), answer(host.ask(15L, 9L)));
    }

    @Test
    @DisplayName("what does not verify on this very read is reported and not delivered")
    void damaged() {
        write(6);
        Place place = host.wal.placeOf(4);
        host.disk.flip(place.file(), (int) place.position() + place.length() - 1, 4);
        assertNull(answer(host.ask(3L, 4L, 5L)));
        assertEquals(1, host.damaged.size());
        assertTrue(host.damaged.getFirst().startsWith(place.file() + " is damaged at position " + place.position()));
        assertTrue(host.damaged.getFirst().contains("entry 4"));
        assertEquals(List.of(1L), host.unreadable, "whoever asked is told, once");
        assertEquals(List.of(log.get(3), log.get(5)), answer(host.ask(3L, 5L)), "others are served");
    }

    @Test
    @DisplayName("an entry with right checksums and a wrong hash is reported")
    void wrongHash() {
        LogEntry entry = log.next(1, 10);
        LogEntry forged = new LogEntry(
                entry.index(), entry.term(), entry.type(), entry.payload(), log.get(1).hash(), entry.chain());
        host.append(0, forged);
        assertNull(answer(host.ask(2L)));
        assertEquals(1, host.damaged.size());
    }

    @Test
    @DisplayName("an entry in a file that is gone is reported with the files that are there")
    void missing() {
        write(30);
        host.compact(20);
        host.ask(3L);
        host.run();
        assertTrue(host.damaged.getFirst().contains("entry 3 is in none"), host.damaged.getFirst());
        assertTrue(host.damaged.getFirst().contains("META.A"), host.damaged.getFirst());
    }
}
