package holdfast.sim.check;

import static holdfast.sim.check.Objections.objects;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LeaderContactTest {

    private static final long BOUND = 3 * LoneNode.ELECTION_MICROS;

    private final LoneNode leader = new LoneNode(1).leads(2);
    private final LeaderContact oracle = new LeaderContact(LoneNode.NODES, LoneNode.ELECTION_MICROS);

    private void turnAt(long micros) {
        oracle.timeIs(micros);
        oracle.afterTurn(1, leader.replica());
    }

    @Test
    @DisplayName("objects to a leader that has heard of nobody for three election timeouts")
    void alone() {
        turnAt(1_000);
        turnAt(1_000 + BOUND - 1);
        objects("leader-contact", "node 1 still leads term 2", () -> turnAt(1_000 + BOUND));
    }

    @Test
    @DisplayName("a packet of one more node is a majority of three, from the moment at which it can be taken")
    void heard() {
        turnAt(0);
        oracle.delivered(1, 2, 70_000);
        oracle.delivered(1, 2, 60_000);
        turnAt(70_000 + BOUND - 1);
        objects("leader-contact", "no majority has reached it", () -> turnAt(70_000 + BOUND));
    }

    @Test
    @DisplayName("a packet that another node got is no contact")
    void heardByOther() {
        turnAt(0);
        oracle.delivered(2, 3, 70_000);
        objects("leader-contact", "node 1", () -> turnAt(BOUND));
    }

    @Test
    @DisplayName("a new leadership begins with the benefit of the doubt, also after a restart")
    void fresh() {
        oracle.timeIs(10 * BOUND);
        oracle.afterTurn(1, leader.replica());
        oracle.processEnded(1);
        turnAt(20 * BOUND);
        LoneNode follower = new LoneNode(1);
        oracle.afterTurn(1, follower.replica());
        turnAt(30 * BOUND);
        assertTrue(leader.replica().raft().isLeader());
    }

    @Test
    @DisplayName("a follower may be alone for as long as it likes")
    void follower() {
        LoneNode follower = new LoneNode(2);
        oracle.afterTurn(2, follower.replica());
        oracle.timeIs(100 * BOUND);
        oracle.afterTurn(2, follower.replica());
    }
}
