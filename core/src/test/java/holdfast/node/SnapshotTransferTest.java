package holdfast.node;

import static holdfast.node.NodeBench.append;
import static holdfast.node.NodeBench.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Sometimes;
import holdfast.StateHash;
import holdfast.node.ClientRequest.Level;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.raft.Message.InstallSnapshot;
import holdfast.raft.Message.InstallSnapshotReply;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A snapshot on its way from leader 1 to node 3, which has missed everything.
class SnapshotTransferTest {

    private static final long TERM = 5;

    private final NodeBench leader = NodeBench.started(1);
    private final NodeBench late = NodeBench.started(3);
    private final LogPosition covered = grown();

    /// The leader has a stream, a snapshot of it, and nothing in memory of what that covers but the last entry.
    private LogPosition grown() {
        LogPosition last = leader.last();
        List<Command> commands = new ArrayList<>(List.of(new Command.Create("s")));
        for (int i = 0; i < 5; i++) {
            commands.add(append(String.valueOf((char) ('0' + i)).repeat(900)));
        }
        for (Command command : commands) {
            LogEntry entry = entry(last, 1, command);
            leader.follows(2, 1, last, entry.index(), entry).works();
            last = LogPosition.of(entry);
        }
        leader.passes(1).works();
        assertNotNull(leader.replica().snapshots().latest());
        leader.leads(TERM);
        return leader.replica().snapshots().latest().last();
    }

    /// Node 3 rejects what the leader sends it first: the piece that the leader sends then.
    private InstallSnapshot firstPiece() {
        late.follows(1, TERM, leader.replica().raft().positionAt(leader.last().index() - 1), 0).works();
        leader.receives(3, new Message.AppendRejected(TERM, leader.last().index() - 1, 0, 2, 1));
        leader.passes(1);
        return piece();
    }

    private InstallSnapshot piece() {
        leader.works();
        List<Message> sent = leader.sentTo(3);
        sent.removeIf(message -> !(message instanceof InstallSnapshot));
        return sent.isEmpty() ? null : (InstallSnapshot) sent.getFirst();
    }

    /// What node 3 answers to a piece, or null.
    private InstallSnapshotReply answer(InstallSnapshot piece) {
        late.effects();
        late.receives(1, piece).works();
        List<Message> sent = late.sentTo(1);
        sent.removeIf(message -> !(message instanceof InstallSnapshotReply));
        return sent.isEmpty() ? null : (InstallSnapshotReply) sent.getFirst();
    }

    /// All pieces up to the last one, which is not delivered.
    private InstallSnapshot lastPiece() {
        InstallSnapshot piece = firstPiece();
        while (!piece.done()) {
            leader.receives(3, answer(piece));
            piece = piece();
        }
        return piece;
    }

    private static String told(InstallSnapshot piece) {
        return NodeBench.words(new Effect.Send(3, piece));
    }

    private static long fingerprint(NodeBench bench) {
        StateHash hash = new StateHash();
        bench.replica().machine().fingerprint(hash);
        return hash.value();
    }

    // ---- the whole way -------------------------------------------------------------------------------------

    @Test
    @DisplayName("piece by piece: the image, then the payloads that it needs, then the rest of the log")
    void transfer() {
        List<String> telling = new ArrayList<>();
        InstallSnapshot piece = firstPiece();
        while (piece != null) {
            telling.add(told(piece).substring("to 3: snapshot at ".length()));
            InstallSnapshotReply reply = answer(piece);
            leader.effects();
            leader.receives(3, reply);
            if (reply.installed()) {
                break;
            }
            piece = piece();
        }
        long at = covered.index();
        assertEquals(at + ", piece 0 IMAGE", telling.getFirst());
        assertEquals(at + ", piece " + (telling.size() - 1) + " ENTRIES, the last", telling.getLast());
        assertEquals(covered, late.last());
        assertEquals(covered.index(), late.replica().raft().durableIndex());
        assertEquals(1, late.reached.get(Sometimes.SNAPSHOT_INSTALLED));
        assertFalse(leader.replica().raft().needsSnapshot(3));
        assertEquals(covered.index(), leader.replica().raft().matchIndex(3));
        String rest = "to 3: append [" + (covered.index() + 1);
        assertTrue(leader.said().stream().anyMatch(said -> said.startsWith(rest)), "the log goes on behind it");
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
        assertEquals(first.chunk(), piece().chunk());
    }

    @Test
    @DisplayName("a follower that begins anew is sent everything anew; an answer from the future is ignored")
    void answers() {
        InstallSnapshot first = firstPiece();
        InstallSnapshotReply reply = answer(first);
        leader.receives(3, reply);
        assertEquals(1, piece().chunk());
        leader.receives(3, reply);
        assertNull(piece(), "the same answer twice");
        leader.receives(3, new InstallSnapshotReply(TERM, covered.index(), 999, false, 1));
        assertNull(piece());
        leader.receives(3, new InstallSnapshotReply(TERM, covered.index(), 0, false, 1));
        assertEquals(first.data(), piece().data());
    }

    // ---- the follower's side -------------------------------------------------------------------------------

    @Test
    @DisplayName("pieces are taken in their order, and what is missing is asked for")
    void order() {
        InstallSnapshot first = firstPiece();
        leader.receives(3, new InstallSnapshotReply(TERM, covered.index(), 1, false, 1));
        InstallSnapshot second = piece();
        assertEquals(0, answer(second).nextChunk());
        assertEquals(1, answer(first).nextChunk());
        assertEquals(1, answer(first).nextChunk(), "a piece that comes twice");
        assertEquals(2, answer(second).nextChunk());
    }

    @Test
    @DisplayName("pieces of one who does not lead are not taken")
    void stranger() {
        InstallSnapshot piece = firstPiece();
        assertEquals(1, answer(piece).nextChunk());
        late.receives(2, new InstallSnapshot(
                TERM - 1, piece.last(), 1, false, piece.piece(), Bytes.utf8("of an older term"), piece.round()));
        assertEquals(1, answer(piece).nextChunk());
    }

    @Test
    @DisplayName("a snapshot of what is here already is called installed at once")
    void covered() {
        assertTrue(answer(lastPiece()).installed());
        InstallSnapshot again = new InstallSnapshot(
                TERM, covered, 0, false, Message.Piece.IMAGE, Bytes.utf8("anything"), 1);
        InstallSnapshotReply reply = answer(again);
        assertTrue(reply.installed());
        assertEquals(covered.index(), reply.lastIndex());
    }

    @Test
    @DisplayName("bytes that are no snapshot are not installed, and it is asked for from the beginning")
    void damaged() {
        InstallSnapshot last = lastPiece();
        late.boot();
        late.works();
        for (int chunk = 0; chunk < last.chunk(); chunk++) {
            answer(new InstallSnapshot(TERM, covered, chunk, false, Message.Piece.IMAGE, Bytes.utf8("noise"), 1));
        }
        assertNull(answer(last));
        assertEquals(1, late.last().index());
        assertEquals(0, answer(last).nextChunk());
    }

    @Test
    @DisplayName("payloads that are not what their hashes say are not taken")
    void damagedPayloads() {
        InstallSnapshot last = lastPiece();
        List<LogEntry> entries = new ArrayList<>(MessageCodec.decodeEntries(last.data()));
        LogEntry first = entries.getFirst();
        entries.set(0, new LogEntry(
                first.index(), first.term(), first.type(), Bytes.utf8("other"), first.hash(), first.chain()));
        InstallSnapshotReply reply = answer(new InstallSnapshot(
                TERM, covered, last.chunk(), true, Message.Piece.ENTRIES, MessageCodec.encodeEntries(entries), 1));
        assertEquals(last.chunk(), reply.nextChunk());
        assertTrue(answer(last).installed());
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
