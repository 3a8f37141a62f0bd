package holdfast.node;

import static holdfast.node.NodeBench.append;
import static holdfast.node.NodeBench.entry;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import holdfast.StateHash;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.raft.Message.InstallSnapshot;
import holdfast.raft.Message.InstallSnapshotReply;
import holdfast.raft.Message.Piece;
import holdfast.stream.Command;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// A snapshot on its way from leader 1 to node 3, which has missed everything. Its pieces and answers are carried by the test.
class SnapshotBench {

    static final long TERM = 5;

    final NodeBench leader = NodeBench.started(1);
    final NodeBench late = NodeBench.started(3);
    final LogPosition covered = grown();
    long requests = 100;

    /// The leader has a stream, a snapshot of it, and nothing in memory of what that covers but the last entry.
    LogPosition grown() {
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

    /// Node 3 rejects what the leader sends it first: what the leader sends then, which asks what node 3 has.
    InstallSnapshot question() {
        late.follows(1, TERM, leader.replica().raft().positionAt(leader.last().index() - 1), 0).works();
        leader.receives(3, new Message.AppendRejected(TERM, leader.last().index() - 1, 0, 2, 1));
        leader.passes(1);
        return piece();
    }

    InstallSnapshot firstPiece() {
        leader.receives(3, answer(question()));
        return piece();
    }

    /// The pieces that the leader sends once its disk has done what it was asked for.
    List<InstallSnapshot> pieces() {
        leader.works();
        return leader.sentTo(3).stream()
                .filter(InstallSnapshot.class::isInstance)
                .map(InstallSnapshot.class::cast)
                .toList();
    }

    InstallSnapshot piece() {
        List<InstallSnapshot> pieces = pieces();
        return pieces.isEmpty() ? null : pieces.getFirst();
    }

    /// What node 3 says last when its disk has done what a piece makes it do, or null.
    InstallSnapshotReply answer(InstallSnapshot piece) {
        late.effects();
        late.receives(1, piece).works();
        return lastReply();
    }

    InstallSnapshotReply lastReply() {
        return (InstallSnapshotReply) late.sentTo(1).stream()
                .filter(InstallSnapshotReply.class::isInstance)
                .reduce((_, later) -> later)
                .orElse(null);
    }

    /// Goes on until node 3 has nothing to say or the next piece is such a one, which is returned and not delivered.
    InstallSnapshot goOn(InstallSnapshot first, Predicate<InstallSnapshot> until, List<String> telling) {
        ArrayDeque<InstallSnapshot> under = new ArrayDeque<>(List.of(first));
        while (!under.isEmpty()) {
            InstallSnapshot piece = under.removeFirst();
            if (until.test(piece)) {
                return piece;
            }
            telling.add(NodeBench.words(new Effect.Send(3, piece)).substring("to 3: snapshot at ".length()));
            InstallSnapshotReply reply = answer(piece);
            if (reply != null) {
                leader.receives(3, reply);
            }
            under.addAll(pieces());
        }
        return null;
    }

    InstallSnapshot goOn(InstallSnapshot first, Predicate<InstallSnapshot> until) {
        return goOn(first, until, new ArrayList<>());
    }

    /// Goes on until node 3 has the snapshot; what was lost on the way is sent again.
    void finish(InstallSnapshot first) {
        InstallSnapshot piece = first;
        while (!late.last().equals(covered)) {
            goOn(piece, _ -> false);
            leader.passes(NodeBench.RESEND);
            piece = piece();
        }
    }

    static boolean hasEntries(InstallSnapshot piece) {
        return piece.piece() == Piece.ENTRIES && !entries(piece).isEmpty();
    }

    static List<LogEntry> entries(InstallSnapshot piece) {
        return MessageCodec.decodeEntries(piece.data());
    }

    /// The one that brings the last entry that the snapshot needs.
    InstallSnapshot lastPiece() {
        long last = leader.replica().machine().neededIndexes()[neededByCovered() - 1];
        return goOn(firstPiece(), piece -> hasEntries(piece) && entries(piece).getLast().index() == last);
    }

    int neededByCovered() {
        return (int) Arrays.stream(leader.replica().machine().neededIndexes())
                .filter(index -> index <= covered.index())
                .count();
    }

    /// Clients write, node 2 acknowledges, until the leader has another snapshot on disk.
    void takesAnotherSnapshot() {
        LogPosition before = leader.replica().snapshots().latest().last();
        while (leader.replica().snapshots().latest().last().equals(before)) {
            leader.asked(++requests, new ClientRequest.Write(append("w".repeat(900)))).works();
            leader.receives(2, new Message.AppendAccepted(TERM, leader.last().index(), leader.last().index(), 1)).works();
        }
        leader.effects();
    }

    static long fingerprint(NodeBench bench) {
        StateHash hash = new StateHash();
        bench.replica().machine().describe(hash);
        return hash.value();
    }
}
