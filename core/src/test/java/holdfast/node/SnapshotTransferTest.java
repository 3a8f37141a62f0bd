package holdfast.node;

import static holdfast.node.NodeBench.append;
import static holdfast.node.NodeBench.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Sometimes;
import holdfast.env.DiskOp;
import holdfast.node.ClientRequest.Level;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Membership;
import holdfast.raft.Message;
import holdfast.raft.Message.InstallSnapshot;
import holdfast.raft.Message.InstallSnapshotReply;
import holdfast.raft.Message.Piece;
import holdfast.wal.Snapshot;
import holdfast.wal.SnapshotFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// How a snapshot goes from a leader to a follower that has missed everything.
class SnapshotTransferTest extends SnapshotBench {

    // ---- the whole way -------------------------------------------------------------------------------------

    @Test
    @DisplayName("a question, the image piece by piece, then each entry that it needs, then the rest of the log")
    void transfer() {
        List<String> telling = new ArrayList<>();
        leader.effects();
        goOn(question(), _ -> false, telling);
        long at = covered.index();
        assertEquals(at + ", entries []", telling.getFirst());
        assertTrue(telling.get(1).startsWith(at + ", bytes 0..256 of "), telling.get(1));
        List<String> entries = telling.stream().filter(told -> told.matches(".*entries \\[\\d+]")).toList();
        assertEquals(neededByCovered(), entries.size(), "each by itself, because each is larger than a piece");
        assertEquals(covered, late.last());
        assertEquals(at, late.replica().raft().durableIndex());
        assertEquals(1, late.reached.get(Sometimes.SNAPSHOT_INSTALLED));
        assertFalse(leader.replica().raft().needsSnapshot(3));
        assertEquals(at, leader.replica().raft().matchIndex(3));
        assertTrue(late.replica().raft().last().index() >= at, "the log goes on behind it");
    }

    @Test
    @DisplayName("a read that waits for what the snapshot brings is answered when it is installed")
    void waitingRead() {
        InstallSnapshot last = lastPiece();
        late.asked(9, new ClientRequest.Tail("s", Level.LOCAL, covered.index()));
        late.receives(1, last).works();
        assertTrue(late.said().stream().anyMatch(said -> said.startsWith("answer 9: Tail[tail=5")));
    }

    @Test
    @DisplayName("what was installed is the same machine, has its payloads, and is found again by the next process")
    void installed() {
        assertTrue(answer(lastPiece()).installed());
        for (int life = 0; life < 2; life++) {
            assertEquals(covered.index(), late.replica().appliedIndex());
            assertEquals(fingerprint(leader), fingerprint(late));
            late.effects();
            late.asked(7, new ClientRequest.Read("s", 0, 8, Level.LOCAL)).works();
            assertTrue(late.said().getFirst().contains("900:30303030"), "record 0 came with the snapshot");
            late.boot();
            late.works();
        }
    }

    // ---- the leader's side ---------------------------------------------------------------------------------

    @Test
    @DisplayName("a piece that is not answered is sent again, and not before its time")
    void resent() {
        InstallSnapshot first = firstPiece();
        leader.passes(NodeBench.RESEND - 1);
        assertNull(piece());
        leader.passes(1);
        assertEquals(first.data(), piece().data());
    }

    @Test
    @DisplayName("a follower that begins anew is sent everything anew; an impossible answer is ignored")
    void answers() {
        InstallSnapshot first = firstPiece();
        InstallSnapshotReply reply = answer(first);
        leader.receives(3, reply);
        assertEquals(first.data().size(), piece().position());
        leader.receives(3, reply);
        assertNull(piece(), "the same answer twice");
        for (int held : List.of(-1, first.imageBytes() + 1)) {
            leader.receives(3, new InstallSnapshotReply(TERM, covered.index(), held, 0, false, 1));
        }
        for (long lacking : List.of(-1L, covered.index() + 2)) {
            leader.receives(3, new InstallSnapshotReply(
                    TERM, covered.index(), first.imageBytes(), lacking, false, 1));
        }
        assertNull(piece());
        leader.receives(3, new InstallSnapshotReply(TERM, covered.index(), 0, 0, false, 1));
        assertEquals(first.data(), piece().data());
    }

    @Test
    @DisplayName("a disk that is slower than the pause is asked once for a piece")
    void slowDisk() {
        InstallSnapshot last = goOn(
                firstPiece(), piece -> piece.position() + piece.data().size() == piece.imageBytes());
        leader.receives(3, answer(last));
        long reads = 0;
        for (int pauses = 1; pauses <= 5; pauses++) {
            leader.passes(NodeBench.RESEND);
            leader.receives(2, new Message.AppendAccepted(TERM, leader.last().index(), leader.last().index(), pauses));
            reads += leader.effects().stream()
                    .filter(effect -> effect instanceof Effect.Disk disk && disk.op() instanceof DiskOp.Read)
                    .count();
        }
        assertEquals(1, reads);
        assertTrue(hasEntries(piece()), "and what it has read at last is sent");
    }

    @Test
    @DisplayName("a snapshot that is being sent is sent to its end, whatever is taken meanwhile, and the log follows")
    void pinned() {
        InstallSnapshot entries = goOn(firstPiece(), SnapshotBench::hasEntries);
        takesAnotherSnapshot();
        takesAnotherSnapshot();
        finish(entries);
        assertEquals(covered, late.last());
        assertFalse(leader.replica().raft().needsSnapshot(3));
        assertTrue(leader.replica().raft().hasEntry(covered.index() + 1), "what comes behind it is still there");
        leader.receives(3, new Message.AppendAccepted(TERM, leader.last().index(), leader.last().index(), 2));
        takesAnotherSnapshot();
        assertFalse(leader.replica().raft().hasEntry(covered.index() + 1), "now nobody needs it");
    }

    @Test
    @DisplayName("a follower that stands still loses its pin and is offered the newest snapshot")
    void unpinned() {
        firstPiece();
        takesAnotherSnapshot();
        assertTrue(leader.replica().raft().hasEntry(covered.index() + 1));
        for (int pauses = 0; pauses < Snapshotting.PATIENCE_PAUSES; pauses++) {
            leader.passes(NodeBench.RESEND);
            leader.receives(2, new Message.AppendAccepted(TERM, leader.last().index(), leader.last().index(), 2 + pauses));
        }
        leader.effects();
        takesAnotherSnapshot();
        assertFalse(leader.replica().raft().hasEntry(covered.index() + 1));
        leader.passes(NodeBench.RESEND);
        assertNotEquals(covered, piece().last());
    }

    @Test
    @DisplayName("a follower that has never answered pins nothing")
    void neverAnswers() {
        question();
        takesAnotherSnapshot();
        assertFalse(leader.replica().raft().hasEntry(covered.index() + 1));
        leader.passes(NodeBench.RESEND);
        assertNotEquals(covered, piece().last());
    }

    // ---- the follower's side -------------------------------------------------------------------------------

    @Test
    @DisplayName("pieces of the image are taken in their order, and what is missing is asked for")
    void order() {
        InstallSnapshot first = firstPiece();
        int half = first.data().size();
        leader.receives(3, new InstallSnapshotReply(TERM, covered.index(), half, 0, false, 1));
        InstallSnapshot second = piece();
        assertEquals(0, answer(second).imageHeld());
        assertEquals(half, answer(first).imageHeld());
        assertEquals(half, answer(first).imageHeld(), "a piece that comes twice");
        assertEquals(half + second.data().size(), answer(second).imageHeld());
    }

    @Test
    @DisplayName("an entry is acknowledged when it is durable, and not when it arrives")
    void durable() {
        InstallSnapshot entries = goOn(firstPiece(), SnapshotBench::hasEntries);
        long index = entries(entries).getFirst().index();
        late.effects();
        late.receives(1, entries);
        assertNull(lastReply());
        late.receives(1, entries);
        assertEquals(index, lastReply().lacking(), "it came twice, and is not durable yet");
        late.works();
        assertTrue(lastReply().lacking() > index);
    }

    @Test
    @DisplayName("a process that begins anew is sent only what is lacking, and writes nothing twice")
    void resumed() {
        InstallSnapshot first = goOn(firstPiece(), SnapshotBench::hasEntries);
        long index = entries(first).getFirst().index();
        answer(first);
        late.boot();
        late.works();
        List<String> telling = new ArrayList<>();
        leader.effects();
        leader.passes(NodeBench.RESEND);
        goOn(piece(), _ -> false, telling);
        assertEquals(covered, late.last());
        assertEquals(1, late.reached.get(Sometimes.SNAPSHOT_RESUMED));
        long again = telling.stream().filter(told -> told.endsWith("entries [" + index + "]")).count();
        assertTrue(again <= 1, "but for the piece that was under way when it went: " + telling);
    }

    @Test
    @DisplayName("pieces of one who does not lead are not taken")
    void stranger() {
        InstallSnapshot piece = firstPiece();
        int held = answer(piece).imageHeld();
        late.receives(2, new InstallSnapshot(
                TERM - 1, piece.last(), held, piece.imageBytes(), piece.piece(), Bytes.utf8("older"), piece.round()));
        assertEquals(held, answer(piece).imageHeld());
    }

    @Test
    @DisplayName("a snapshot of what is here already is called installed at once")
    void covered() {
        assertTrue(answer(lastPiece()).installed());
        InstallSnapshotReply reply = answer(new InstallSnapshot(
                TERM, covered, 0, 100, Piece.IMAGE, Bytes.utf8("anything"), 1));
        assertTrue(reply.installed());
        assertEquals(covered.index(), reply.lastIndex());
    }

    private long refused() {
        return late.reached.getOrDefault(Sometimes.SNAPSHOT_REFUSED, 0);
    }

    @Test
    @DisplayName("bytes that are no snapshot are counted and asked for from the beginning, and end nobody")
    void damaged() {
        InstallSnapshot first = firstPiece();
        Bytes noise = Bytes.utf8("noise");
        assertNull(answer(new InstallSnapshot(TERM, covered, 0, noise.size(), Piece.IMAGE, noise, 1)));
        assertNull(answer(new InstallSnapshot(TERM, covered, 0, -1, Piece.IMAGE, noise, 1)));
        assertNull(answer(new InstallSnapshot(TERM, covered, 0, 2, Piece.IMAGE, noise, 1)));
        assertNull(answer(new InstallSnapshot(TERM, covered, 0, 9, Piece.IMAGE, Bytes.EMPTY, 1)));
        Bytes image = SnapshotFile.encode(new Snapshot(covered, leader.replica().raft().membership(), noise));
        assertNull(answer(new InstallSnapshot(TERM, covered, 0, image.size(), Piece.IMAGE, image, 1)));
        assertEquals(5, refused());
        Membership others = Membership.founded(List.of(1, 2, 3, 4, 5), 1, covered.chain());
        Bytes foreign = SnapshotFile.encode(
                new Snapshot(covered, others, leader.replica().snapshots().latest().image()));
        assertNull(answer(new InstallSnapshot(TERM, covered, 0, foreign.size(), Piece.IMAGE, foreign, 1)), "of other voters");
        assertEquals(6, refused());
        assertEquals(first.data().size(), answer(first).imageHeld());
        assertEquals(1, late.last().index());
    }

    @Test
    @DisplayName("entries that are not what their hashes say, or that the snapshot does not need, are counted and not taken")
    void foreignEntries() {
        InstallSnapshot piece = goOn(firstPiece(), SnapshotBench::hasEntries);
        LogEntry entry = entries(piece).getFirst();
        LogEntry changed = new LogEntry(
                entry.index(), entry.term(), entry.type(), Bytes.utf8("other"), entry.hash(), entry.chain());
        LogPosition before = new LogPosition(covered.index() + 1, TERM, covered.chain());
        LogEntry above = entry(before, TERM, append("beyond the snapshot"));
        LogEntry never = entry(new LogPosition(-8, 1, covered.chain()), 1, append("before all"));
        for (LogEntry wrong : List.of(changed, above, never)) {
            assertNull(answer(new InstallSnapshot(
                    TERM, covered, 0, 0, Piece.ENTRIES, MessageCodec.encodeEntries(List.of(wrong)), 1)));
        }
        assertNull(answer(new InstallSnapshot(TERM, covered, 0, 0, Piece.ENTRIES, Bytes.utf8("noise"), 1)));
        assertEquals(4, refused());
        finish(piece);
    }

    @Test
    @DisplayName("a crash before the file has its name leaves the old state, one after it the new one")
    void crashes() {
        InstallSnapshot last = lastPiece();
        late.receives(1, last);
        boolean isNamed = false;
        int steps = 0;
        while (!late.disk.isIdle()) {
            isNamed = late.disk.names().stream().anyMatch(name -> name.startsWith("snap-") && name.endsWith(".snap"));
            late.worksOnce();
            steps++;
            if (late.disk.names().stream().anyMatch(name -> name.startsWith("snap-") && name.endsWith(".snap"))) {
                break;
            }
            assertEquals(1, late.last().index(), "nothing is in force yet");
        }
        assertFalse(isNamed);
        assertTrue(steps > 2, "the file is written and synced first");
        late.boot();
        late.works();
        assertEquals(covered, late.last());
        assertEquals(covered.index(), late.replica().appliedIndex());
    }

    @Test
    @DisplayName("a snapshot that is in force while nobody leads is told to nobody")
    void nobodyLeads() {
        InstallSnapshot last = lastPiece();
        late.receives(1, last);
        late.effects();
        late.receives(2, new Message.VoteRequest(TERM + 1, 99, TERM, true));
        assertEquals(0, late.replica().raft().leader());
        late.works();
        assertEquals(covered, late.last());
        for (String said : late.said()) {
            assertFalse(said.startsWith("to 0") || said.contains("installed"), said);
        }
    }
}
