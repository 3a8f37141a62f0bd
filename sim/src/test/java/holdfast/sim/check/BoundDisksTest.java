package holdfast.sim.check;

import static holdfast.sim.check.Objections.objects;
import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.raft.Member;
import holdfast.raft.Membership;
import holdfast.sim.world.Onlooker;
import holdfast.sim.world.Voters;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Voter 2 is on a drive that took a lost one's place, says the entry at index 2.
class BoundDisksTest {

    private final CommitLedger committed = new CommitLedger();
    private final BoundDisks oracle =
            new BoundDisks(new Onlooker(Onlooker.plan(LoneNode.NODES)).world(), committed);
    private final LoneNode two = new LoneNode(2);
    private final Entries log = new Entries(two.last()).membership(4, new Membership(
            Voters.bound().members().stream()
                    .map(member -> member.id() == 2 ? new Member(2, member.disk(), 2) : member)
                    .toList()));

    @Test
    @DisplayName("objects to a new drive that is told the entry that says so before that is committed")
    void tooEarly() {
        oracle.afterTurn(2, two.replica());
        two.follows(3, log, 0);
        assertEquals(2, two.replica().raft().self().since());
        objects("bound-disks", "node 2 has been told by entry 2 that its new drive takes the lost one's place, and only"
                + " entries up to 0 are committed", () -> oracle.afterTurn(2, two.replica()));
    }

    @Test
    @DisplayName("is silent once a majority has it")
    void committed() {
        two.follows(3, log, 0);
        LoneNode one = new LoneNode(1);
        new StateMachineSafety(committed, LoneNode.NODES).afterTurn(1, one.follows(3, log, 2).replica());
        assertEquals(2, committed.lastIndex());
        oracle.afterTurn(2, two.replica());
    }

    @Test
    @DisplayName("is silent about everybody else, who may hear of it at any time")
    void others() {
        LoneNode one = new LoneNode(1);
        oracle.afterTurn(1, one.follows(3, log, 0).replica());
        oracle.afterTurn(3, new LoneNode(3).replica());
        assertEquals(2, one.last().index());
    }
}
