package holdfast.sim.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.sim.disk.DiskFault;
import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FileRole;
import holdfast.sim.disk.MediumView;
import holdfast.sim.disk.PowerCutKeep;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the judge believes that a power cut would leave, against the production store on a simulated disk.
class MediumLogTest {

    private static final int BLOCK = 4096;

    /// A batch of one of these takes a whole block, so each is a batch of its own.
    private static final int BIG = 3_000;

    private static final int TWO_PAGES = 5_000;

    private final LoneNode node = new LoneNode(1);
    private final MediumView medium = node.disk().medium();
    private final MediumLog judge = new MediumLog(medium);
    private final Entries log = new Entries(node.last());

    /// The leader sends the next entry after all before it.
    private void grow(int entries) {
        for (int i = 0; i < entries; i++) {
            log.append(4, (char) ('a' + i % 26), BIG);
            send();
        }
    }

    private void send() {
        LogEntry last = log.get(log.last().index());
        node.follows(2, last.term(), log.at(last.index() - 1), 0, last);
    }

    private boolean holds(long index) {
        return judge.holds(index, log.get(index).chain());
    }

    private boolean holdsAll() {
        for (long index = 2; index <= log.last().index(); index++) {
            if (!holds(index)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasAcknowledged(long index) {
        return node.sent().stream().anyMatch(sent ->
                sent.message() instanceof Message.AppendAccepted accepted && accepted.durableIndex() >= index);
    }

    private long segments() {
        return medium.names().stream().filter(name -> name.startsWith("wal-")).count();
    }

    // ---- entries -------------------------------------------------------------------------------------------

    @Test
    @DisplayName("holds what was synced, under its own history only")
    void entries() {
        log.create(4).append(4, 'a', 10);
        node.follows(2, log, 0);
        assertTrue(holdsAll());
        Entries other = new Entries(log.first()).create(4).append(4, 'b', 10);
        assertFalse(judge.holds(3, other.get(3).chain()));
        assertFalse(judge.holds(4, log.last().chain()));
        assertTrue(judge.holdsPayload(3, log.get(3).hash()));
        assertFalse(judge.holdsPayload(3, other.get(3).hash()));
    }

    @Test
    @DisplayName("does not hold what was written and not synced, and holds it when the node acknowledges it")
    void unsyncedTail() {
        grow(1);
        log.append(4, 'b', 10);
        node.hearsAtOnce(2, new Message.AppendEntries(4, log.at(2), List.of(log.get(3)), 0, 1));
        int unsynced = 0;
        while (!hasAcknowledged(3)) {
            assertFalse(holds(3) && unsynced == 0, "nothing has happened yet");
            unsynced += holds(3) ? 0 : 1;
            assertTrue(node.diskWorks());
        }
        assertTrue(unsynced > 0 && holds(3));
    }

    @Test
    @DisplayName("a newer leader's entry takes the place of the old ones")
    void truncation() {
        grow(4);
        Entries newer = new Entries(log.at(3)).noop(5);
        node.follows(3, 5, log.at(3), 0, newer.all());
        assertTrue(holds(3));
        assertFalse(holds(4));
        assertFalse(holds(5));
        assertTrue(judge.holds(4, newer.last().chain()));
    }

    // ---- segments ------------------------------------------------------------------------------------------

    @Test
    @DisplayName("goes on from segment to segment")
    void segmentChain() {
        grow(20);
        assertTrue(segments() > 4, () -> medium.names().toString());
        assertTrue(holdsAll());
        assertTrue(new MediumLog(medium).holds(21, log.get(21).chain()), "also if it begins now");
    }

    @Test
    @DisplayName("a segment does not count before META names it: nobody would miss it")
    void beyondTail() {
        int early = 0;
        for (int i = 0; i < 12; i++) {
            log.append(4, 'a', BIG);
            LogEntry next = log.get(log.last().index());
            node.hearsAtOnce(2, new Message.AppendEntries(4, log.at(next.index() - 1), List.of(next), 0, 1));
            while (!hasAcknowledged(next.index())) {
                early += !holds(next.index()) && isSomewhere(next) ? 1 : 0;
                assertTrue(node.diskWorks());
            }
            assertTrue(holds(next.index()));
        }
        assertTrue(early > 0, "a new segment held its first entry before META named it");
    }

    private boolean isSomewhere(LogEntry entry) {
        for (String name : medium.names()) {
            if (!name.startsWith("wal-") || !name.endsWith(".log")) {
                continue;
            }
            long segSeq = Long.parseLong(name.substring("wal-".length(), name.lastIndexOf('.')));
            for (int at = 2 * BLOCK; at < LoneNode.SEGMENT_BYTES; at += BLOCK) {
                MediumFrame frame = MediumFrame.at(
                        node.owner(), (position, length) -> medium.read(name, position, length), segSeq, at);
                if (frame != null && frame.hash().equals(entry.hash())) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    @DisplayName("a recovery copies the unproven tail forward past a prepared segment, and at no step is anything missing")
    void copiedForward() {
        grow(7);
        String prepared = medium.names().stream().filter(name -> name.startsWith("wal-")).toList().getLast();
        node.crash();
        node.bootAtOnce();
        while (node.diskWorks()) {
            assertTrue(holdsAll());
        }
        assertNotNull(node.replica());
        assertFalse(medium.exists(prepared), "the prepared segment was passed over and deleted");
        assertTrue(holdsAll());
        grow(3);
        assertTrue(holdsAll());
    }

    @Test
    @DisplayName("a truncation in a batch that a power cut tore is dead once a new tail goes on before it")
    void tornTruncation() {
        grow(4);
        LogPosition before = log.at(log.last().index() - 1);
        int kept = 0;
        for (int round = 0; round < 100; round++) {
            long term = 5 + round;
            LogPosition end = node.last();
            Entries newer = new Entries(before).append(term, 'z', TWO_PAGES);
            node.hearsAtOnce(3, new Message.AppendEntries(term, before, List.of(newer.all()), 0, 1));
            for (int i = 0; i < round % 10; i++) {
                node.diskWorks();
            }
            node.powerCut(PowerCutKeep.ANY);
            node.boot();
            kept += node.last().equals(end) ? 1 : 0;
            assertTrue(judge.holds(node.last().index(), node.last().chain()), "round " + round + ": " + judge.told());
        }
        assertTrue(kept > 10 && kept < 90, kept + " truncations were lost");
    }

    @Test
    @DisplayName("a tail that a failed sync has lost does not count, although the process can read it")
    void failedSync() {
        grow(2);
        node.disk().arm(DiskFault.once(FaultKind.WRITE_BACK, FileRole.WAL), 1);
        grow(1);
        assertEquals(74, node.exitCode());
        assertTrue(holds(3));
        assertFalse(holds(4));
        node.boot();
        assertEquals(4, node.last().index(), "read from the page cache, and written again");
        assertTrue(holds(4));
    }

    @Test
    @DisplayName("of older segments only payloads are left, where compaction has kept them for a snapshot")
    void keptSegments() {
        log.create(4);
        send();
        grow(2);
        for (int i = 0; i < 8; i++) {
            log.noop(4);
            send();
        }
        grow(8);
        node.follows(2, 4, log.last(), log.last().index());
        node.elapse(1_000_000);
        assertNotNull(node.replica().snapshots().latest());
        long base = node.replica().snapshots().latest().last().index();
        grow(4);
        List<String> segments = medium.names().stream().filter(name -> name.startsWith("wal-")).toList();
        assertEquals("wal-0000000002.log", segments.getFirst());
        assertFalse(segments.contains("wal-0000000003.log"), segments::toString);
        assertTrue(judge.holdsPayload(3, log.get(3).hash()));
        assertFalse(judge.holdsPayload(8, log.get(8).hash()), "nobody needs an entry without a command");
        assertTrue(judge.holds(base, log.get(base).chain()), "the snapshot holds it");
        assertTrue(holdsAll());
    }

    // ---- META ----------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a vote counts when both copies have it, a term when one has it")
    void vote() {
        node.hearsAtOnce(3, new Message.VoteRequest(7, 9, 3, true));
        int half = 0;
        while (!judge.holdsVote(7, 3)) {
            half += judge.holdsTerm(7) ? 1 : 0;
            assertTrue(node.diskWorks());
        }
        assertTrue(half > 0, "the copies are written one after the other");
        assertFalse(judge.holdsVote(7, 2));
        assertFalse(judge.holdsTerm(8));
        for (String copy : List.of("META.A", "META.B")) {
            assertTrue(node.disk().rot(copy, 64, 1));
            assertFalse(judge.holdsVote(7, 3));
            assertTrue(judge.holdsTerm(7));
            assertTrue(node.disk().rot(copy, 64, 1));
            assertTrue(judge.holdsVote(7, 3));
        }
    }

    @Test
    @DisplayName("what a copy says that is rotten counts for nothing, and then the log ends where the other one says")
    void bothRotten() {
        grow(3);
        assertTrue(node.disk().rot("META.A", 70, 1) && node.disk().rot("META.B", 70, 1));
        assertFalse(judge.holdsTerm(1));
        assertFalse(holds(2));
        assertTrue(judge.told().contains("META.A unreadable, META.B unreadable"), judge.told());
    }

    // ---- judge and recovery --------------------------------------------------------------------------------

    /// In all moments from a write to its sync, and with many a mixture of sectors that survive; of a batch that is torn
    /// recovery keeps the frames that are whole.
    @Test
    @DisplayName("after a power cut the judge believes in exactly the log that recovery then finds")
    void likeRecovery() {
        int whole = 0;
        int torn = 0;
        int none = 0;
        for (int moment = 0; moment < 240; moment++) {
            LoneNode cut = new LoneNode(1).elapse(1 + moment * 7L);
            Entries written = new Entries(cut.last()).append(4, 'a', BIG);
            cut.follows(2, written, 0);
            written.append(4, 'b', BIG).append(4, 'c', BIG);
            List<LogEntry> batch = List.of(written.get(3), written.get(4));
            cut.hearsAtOnce(2, new Message.AppendEntries(4, written.at(2), batch, 0, 1));
            for (int i = 0; i < moment % 4; i++) {
                cut.diskWorks();
            }
            cut.powerCut(PowerCutKeep.ANY);
            MediumLog believer = new MediumLog(cut.disk().medium());
            long believed = 1;
            while (believed < 4 && believer.holds(believed + 1, written.get(believed + 1).chain())) {
                believed++;
            }
            cut.boot();
            assertEquals(cut.last().index(), believed, "moment " + moment);
            whole += believed == 4 ? 1 : 0;
            torn += believed == 3 ? 1 : 0;
            none += believed == 2 ? 1 : 0;
        }
        assertTrue(whole > 20 && torn > 2 && none > 20, whole + " whole, " + torn + " torn, " + none + " not there");
    }
}
