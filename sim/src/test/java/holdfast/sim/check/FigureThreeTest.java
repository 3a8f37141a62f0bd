package holdfast.sim.check;

import static holdfast.sim.check.Objections.objects;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.raft.Member;
import holdfast.raft.Membership;
import holdfast.raft.Message;
import holdfast.sim.world.Onlooker;
import holdfast.sim.world.Voters;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The properties of Raft's Figure 3 as oracles. The situations in which they object are put together from nodes that
/// never met: no two of them are wrong by themselves.
class FigureThreeTest {

    private final LoneNode one = new LoneNode(1);
    private final LoneNode two = new LoneNode(2);
    private final Entries log = new Entries(one.last());
    private final Entries other = new Entries(one.last());
    private final CommitLedger ledger = new CommitLedger();
    private final StateMachineSafety machines = new StateMachineSafety(ledger, LoneNode.NODES);

    @Nested
    @DisplayName("Election Safety")
    class Elections {

        private final ElectionSafety oracle = new ElectionSafety();

        @Test
        @DisplayName("objects to two leaders of one term")
        void twoLeaders() {
            oracle.afterTurn(1, one.leads(4).replica());
            two.leads(4);
            objects("election-safety", "nodes 1 and 2 both led term 4", () -> oracle.afterTurn(2, two.replica()));
        }

        @Test
        @DisplayName("objects even if the first leader is gone")
        void leaderGone() {
            oracle.afterTurn(1, one.leads(4).replica());
            oracle.processEnded(1);
            two.leads(4);
            objects("election-safety", "both led term 4", () -> oracle.afterTurn(2, two.replica()));
        }

        @Test
        @DisplayName("is silent about one leader a term, and about followers")
        void silent() {
            oracle.afterTurn(1, one.replica());
            oracle.afterTurn(1, one.leads(4).replica());
            oracle.afterTurn(1, one.replica());
            oracle.afterTurn(2, two.replica());
            oracle.afterTurn(2, two.leads(5).replica());
            assertTrue(one.replica().raft().isLeader() && two.replica().raft().isLeader());
        }
    }

    @Nested
    @DisplayName("elected by a majority (Raft §5.2)")
    class Majority {

        private final ElectedByMajority oracle = new ElectedByMajority(new Onlooker(Onlooker.plan(LoneNode.NODES)).world());

        @Test
        @DisplayName("objects to a leader that nobody has told a vote in this term")
        void noVotes() {
            oracle.sent(2, 1, new Message.VoteReply(3, true), two.replica());
            oracle.sent(2, 1, new Message.VoteReply(4, false), two.replica());
            oracle.sent(2, 3, new Message.VoteReply(4, true), two.replica());
            one.leads(4);
            objects("elected-by-majority", "node 1 leads term 4, but besides itself only 0 nodes",
                    () -> oracle.afterTurn(1, one.replica()));
        }

        @Test
        @DisplayName("a vote from a drive that the leader's log does not name is none")
        void replacedDrive() {
            Onlooker running = Onlooker.ofRunning(LoneNode.NODES);
            ElectedByMajority watching = new ElectedByMajority(running.world());
            running.world().driveFaults().lose(2, 1_000, 1_000_000_000, 1);
            watching.sent(2, 1, new Message.VoteReply(4, true), two.replica());
            one.leads(4);
            objects("elected-by-majority", "node 1 leads term 4, but besides itself only 0 nodes",
                    () -> watching.afterTurn(1, one.replica()));
        }

        @Test
        @DisplayName("a drive that took a lost one's place votes only when its log says so")
        void replacementThatIsUnaware() {
            Membership replaced = new Membership(Voters.bound().members().stream()
                    .map(member -> member.id() == 2 ? new Member(2, member.disk(), 2) : member)
                    .toList());
            one.follows(3, log.membership(4, replaced), 0);
            one.hears(3, new Message.TimeoutNow(4)).hears(3, new Message.VoteReply(5, true));
            assertTrue(one.replica().raft().isLeader());
            oracle.sent(2, 1, new Message.VoteReply(5, true), two.replica());
            objects("elected-by-majority", "besides itself only 0 nodes", () -> oracle.afterTurn(1, one.replica()));
            two.follows(3, log, 0);
            oracle.sent(2, 1, new Message.VoteReply(5, true), two.replica());
            oracle.processEnded(1);
            oracle.afterTurn(1, one.replica());
        }

        @Test
        @DisplayName("while fewer than a majority are named, the founder leads by itself and nobody else does")
        void founding() {
            LoneNode founder = new LoneNode(1, Membership.founded(List.of(1, 2, 3), 1, Voters.disk(1)));
            founder.elapse(2 * LoneNode.ELECTION_MICROS);
            assertTrue(founder.replica().raft().isLeader());
            oracle.afterTurn(1, founder.replica());
            objects("elected-by-majority", "node 2 leads term 1", () -> oracle.afterTurn(2, founder.replica()));
        }

        @Test
        @DisplayName("is silent about one that was told a vote, also after its restart, and about followers")
        void silent() {
            oracle.afterTurn(1, one.replica());
            oracle.sent(2, 1, new Message.VoteReply(4, true), two.replica());
            oracle.afterTurn(1, one.leads(4).replica());
            oracle.processEnded(1);
            oracle.afterTurn(1, one.replica());
            assertTrue(one.replica().raft().isLeader());
        }
    }

    @Nested
    @DisplayName("Log Matching")
    class Logs {

        private final LogMatching oracle = new LogMatching(LoneNode.NODES);

        @Test
        @DisplayName("objects to two histories that end with the same index and term")
        void twoHistories() {
            oracle.afterTurn(1, one.follows(3, log.append(4, 'a', 10), 0).replica());
            two.follows(3, other.append(4, 'b', 10), 0);
            assertEquals(one.last().index(), two.last().index());
            objects("log-matching", "node 2 has another history before index 2 of term 4",
                    () -> oracle.afterTurn(2, two.replica()));
        }

        @Test
        @DisplayName("objects to a node that comes back with another history than it had")
        void comesBack() {
            oracle.afterTurn(1, one.follows(3, log.append(4, 'a', 10), 0).replica());
            oracle.processEnded(1);
            two.follows(3, other.append(4, 'b', 10), 0);
            objects("log-matching", "index 2 of term 4", () -> oracle.afterTurn(1, two.replica()));
        }

        @Test
        @DisplayName("is silent about equal logs, and about one that ends in another term")
        void silent() {
            oracle.afterTurn(1, one.follows(3, log.append(4, 'a', 10), 0).replica());
            oracle.afterTurn(2, two.follows(3, log, 0).replica());
            oracle.afterTurn(2, two.follows(3, other.append(5, 'b', 10), 0).replica());
            assertEquals(5, two.last().term());
        }
    }

    @Nested
    @DisplayName("State Machine Safety")
    class Machines {

        @Test
        @DisplayName("objects when a node commits another entry at an index than one before it")
        void otherEntry() {
            machines.afterTurn(1, one.follows(3, log.create(4).append(4, 'a', 10), 3).replica());
            assertEquals(3, ledger.lastIndex());
            two.follows(3, other.create(4).append(5, 'b', 10), 3);
            objects("state-machine-safety", "node 2 committed another entry at index 3",
                    () -> machines.afterTurn(2, two.replica()));
        }

        @Test
        @DisplayName("objects to a snapshot of what nobody has committed")
        void snapshotOfNothing() {
            withSnapshot(one);
            objects("state-machine-safety", "but only 0 entries were ever committed",
                    () -> machines.afterTurn(1, one.replica()));
        }

        @Test
        @DisplayName("objects to a snapshot of another history")
        void snapshotOfOther() {
            withSnapshot(one);
            long base = one.replica().raft().base().index();
            other.create(4);
            while (other.last().index() < base) {
                other.append(5, 'b', 10);
            }
            machines.afterTurn(2, two.follows(3, other, base).replica());
            objects("state-machine-safety", "node 1 committed another entry at index",
                    () -> machines.afterTurn(1, one.replica()));
        }

        @Test
        @DisplayName("is silent about one history, committed by several nodes and by one again after its restart")
        void silent() {
            machines.afterTurn(1, one.follows(3, log.create(4).append(4, 'a', 10), 2).replica());
            machines.afterTurn(2, two.follows(3, log, 3).replica());
            machines.processEnded(1);
            one.crash();
            one.boot();
            machines.afterTurn(1, one.replica());
            machines.afterTurn(1, one.follows(3, 5, log.last(), 3).replica());
            assertEquals(3, one.replica().raft().commitIndex());
            machines.compareMachines(1, one.replica(), 2, two.replica());
        }

        @Test
        @DisplayName("objects to two machines that have applied equally many entries and differ")
        void otherMachine() {
            one.follows(3, log.create(4).append(4, 'a', 10), 3);
            two.follows(3, other.create(4).append(4, 'b', 10), 3);
            objects("state-machine-safety", "nodes 1 and 2 applied the same 3 entries and hold different machines",
                    () -> machines.compareMachines(1, one.replica(), 2, two.replica()));
        }

        @Test
        @DisplayName("does not compare a machine with one that is behind")
        void behind() {
            one.follows(3, log.create(4).append(4, 'a', 10), 3);
            two.follows(3, log, 2);
            machines.compareMachines(1, one.replica(), 2, two.replica());
            assertEquals(2, two.replica().appliedIndex());
        }
    }

    @Nested
    @DisplayName("Leader Completeness")
    class Completeness {

        private final LeaderCompleteness oracle = new LeaderCompleteness(ledger, LoneNode.NODES);

        @Test
        @DisplayName("objects to a leader without a committed entry")
        void shorter() {
            machines.afterTurn(1, one.follows(3, log.create(4).append(4, 'a', 10).append(4, 'b', 10), 4).replica());
            two.leads(5);
            objects("leader-completeness", "node 2 leads term 5 without the committed entry",
                    () -> oracle.afterTurn(2, two.replica()));
        }

        @Test
        @DisplayName("objects to a leader with another entry in its place")
        void different() {
            machines.afterTurn(1, one.follows(3, log.create(4), 2).replica());
            two.leads(5);
            assertEquals(2, two.last().index());
            objects("leader-completeness", "node 2 leads term 5", () -> oracle.afterTurn(2, two.replica()));
        }

        @Test
        @DisplayName("is silent about a leader that has everything, as entries or in a snapshot")
        void silent() {
            machines.afterTurn(1, one.follows(3, log.create(4).append(4, 'a', 10), 3).replica());
            oracle.afterTurn(2, two.follows(3, log, 0).leads(5).replica());
            oracle.afterTurn(1, one.replica());
            LoneNode three = new LoneNode(3);
            withSnapshot(three);
            oracle.afterTurn(3, three.leads(6).replica());
            assertTrue(three.replica().raft().base().index() > ledger.lastIndex());
        }
    }

    /// Enough is committed that a snapshot is due and what it covers forgotten.
    private void withSnapshot(LoneNode node) {
        Entries committed = new Entries(node.last()).create(4);
        for (int i = 0; i < 6; i++) {
            committed.append(4, 'a', 3_000);
        }
        node.follows(node == one ? 3 : 1, committed, committed.last().index());
        assertNotNull(node.replica().snapshots().latest());
        assertTrue(node.replica().raft().base().index() > 1);
    }
}
