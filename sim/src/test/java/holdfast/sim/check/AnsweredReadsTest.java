package holdfast.sim.check;

import static holdfast.sim.check.Objections.objects;

import holdfast.raft.Message;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AnsweredReadsTest {

    private static final long ELECTION = 100;
    private static final Message.ReadIndexRequest QUESTION = new Message.ReadIndexRequest(4, 7);

    private final AnsweredReads oracle = new AnsweredReads(LoneNode.NODES, ELECTION);
    private final LoneNode leader = new LoneNode(1).leads(4);

    private void turnAt(long micros) {
        oracle.timeIs(micros);
        oracle.afterTurn(1, leader.replica());
    }

    @Test
    @DisplayName("a leader owes an answer within six election timeouts in which its process runs")
    void owed() {
        oracle.taking(1, 2, QUESTION, leader.replica());
        oracle.standsStill(1, 50);
        turnAt(650);
        objects("answered-reads", "node 1 has not answered read 7 of node 2 for 601 us", () -> turnAt(651));
        oracle.answered(1, 2, new Message.ReadIndexReply(4, 7, Message.ReadIndexReply.REFUSED));
        turnAt(10_000);
    }

    @Test
    @DisplayName("who does not lead that term, or has ended, owes nothing")
    void notOwed() {
        oracle.taking(1, 2, new Message.ReadIndexRequest(3, 7), leader.replica());
        oracle.taking(2, 1, QUESTION, new LoneNode(2).replica());
        oracle.taking(1, 3, QUESTION, leader.replica());
        oracle.processEnded(1);
        turnAt(10_000);
        oracle.afterTurn(2, leader.replica());
    }
}
