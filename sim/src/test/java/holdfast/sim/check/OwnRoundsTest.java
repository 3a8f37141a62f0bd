package holdfast.sim.check;

import static holdfast.sim.check.Objections.objects;

import holdfast.Bytes;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OwnRoundsTest {

    private final OwnRounds oracle = new OwnRounds(LoneNode.NODES);
    private final Raft young = new LoneNode(2).replica().raft();
    private final Raft ofTermFour = new LoneNode(2).leads(4).replica().raft();

    private static Message append(long term, long round) {
        return new Message.AppendEntries(term, LogPosition.ORIGIN, List.of(), 0, round);
    }

    @Test
    @DisplayName("a round that was told in this term may be answered, by whatever is answered")
    void told() {
        oracle.taking(2, append(4, 7), young);
        oracle.taking(2, append(4, 6), young);
        oracle.sent(2, new Message.AppendAccepted(4, 1, 1, 7));
        oracle.taking(2, new Message.InstallSnapshot(
                4, LogPosition.ORIGIN, 0, 1, Message.Piece.IMAGE, Bytes.EMPTY, 8), young);
        oracle.sent(2, new Message.InstallSnapshotReply(4, 1, 1, 0, false, 8));
        oracle.sent(2, new Message.AppendRejected(4, 0, 0, 0, Message.NO_ROUND));
    }

    @Test
    @DisplayName("a round of an older term, a round to come and a round of a former life may not")
    void notTold() {
        oracle.taking(2, append(3, 1322), ofTermFour);
        objects("own-rounds", "node 2 answers round 1322 in term 4",
                () -> oracle.sent(2, new Message.AppendRejected(4, 0, 0, 0, 1322)));
        oracle.taking(2, append(4, 7), ofTermFour);
        objects("own-rounds", "round 8 in term 4", () -> oracle.sent(2, new Message.AppendAccepted(4, 1, 1, 8)));
        objects("own-rounds", "round 7 in term 5", () -> oracle.sent(2, new Message.AppendAccepted(5, 1, 1, 7)));
        oracle.processEnded(2);
        objects("own-rounds", "round 7 in term 4", () -> oracle.sent(2, new Message.InstallSnapshotReply(4, 1, 0, 2, true, 7)));
    }
}
