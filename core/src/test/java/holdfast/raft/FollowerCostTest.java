package holdfast.raft;

import static holdfast.raft.RaftBench.HEARTBEAT;
import static holdfast.raft.RaftBench.TIMEOUT;
import static holdfast.raft.RaftBench.end;
import static holdfast.raft.RaftBench.log;
import static holdfast.raft.RaftBench.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.raft.Message.AppendAccepted;
import holdfast.raft.Message.AppendEntries;
import holdfast.raft.Message.AppendRejected;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What a follower costs its leader that is dead, or that cannot answer yet.
class FollowerCostTest {

    private static List<AppendEntries> to(int follower, List<RaftBench.Sent> sends) {
        return sends.stream()
                .filter(sent -> sent.to() == follower && sent.message() instanceof AppendEntries)
                .map(sent -> (AppendEntries) sent.message())
                .toList();
    }

    private static long entries(List<AppendEntries> messages) {
        return messages.stream().mapToLong(message -> message.entries().size()).sum();
    }

    /// One entry a millisecond is written and acknowledged by node 3. Node 2 is dead.
    private static List<AppendEntries> writes(RaftBench leader, int entries) {
        for (int i = 0; i < entries; i++) {
            leader.raft.propose(leader.now, Bytes.utf8("x"));
            leader.raft.flush(leader.now);
            leader.syncs();
            long last = leader.raft.last().index();
            leader.receives(3, new AppendAccepted(leader.raft.term(), last, last, leader.round()));
            assertEquals(last, leader.raft.commitIndex());
            leader.waits(1_000);
        }
        return to(2, leader.sends());
    }

    @Test
    @DisplayName("a dead follower costs one probe with entries, and then a heartbeat now and then, however much is written")
    void deadFollower() {
        RaftBench leader = node(1, 3, 1, 1, 1).elected();
        leader.syncs();
        assertTrue(entries(writes(leader, 200)) <= 8, "one probe is one message");
        int millis = 1_000;
        List<AppendEntries> later = writes(leader, millis);
        assertEquals(0, entries(later));
        assertTrue(later.size() <= millis * 1_000 / HEARTBEAT + 1, later.size() + " messages");
        assertFalse(later.isEmpty());
    }

    @Test
    @DisplayName("so does one that dies while it is sent entries")
    void diesLater() {
        RaftBench leader = node(1, 3, 1, 1, 1).elected();
        leader.syncs();
        leader.receives(2, new AppendAccepted(2, 3, 3, 1));
        leader.sends();
        assertTrue(entries(writes(leader, 200)) <= 4, "the window is four messages");
        List<AppendEntries> later = writes(leader, 100);
        assertEquals(0, entries(later));
        assertTrue(later.size() <= 100_000 / HEARTBEAT + 1, later.size() + " messages");
    }

    @Test
    @DisplayName("when it is back it is sent what it lacks after its first answer to a heartbeat")
    void back() {
        RaftBench leader = node(1, 3, 1, 1, 1).elected();
        leader.syncs();
        writes(leader, (int) (2 * TIMEOUT / 1_000));
        leader.receives(2, new AppendAccepted(2, 2, 2, leader.round()));
        assertEquals(3, to(2, leader.sends()).getFirst().entries().getFirst().index());
    }

    /// A leader of three whose followers have everything. Its next entry is committed, and nobody has been told.
    private static RaftBench committed() {
        RaftBench leader = node(1, 3, 1).elected();
        leader.syncs();
        leader.receives(2, new AppendAccepted(2, 1, 1, 1));
        leader.receives(3, new AppendAccepted(2, 1, 1, 1));
        leader.waits(1_000);
        leader.raft.propose(leader.now, Bytes.utf8("x"));
        leader.raft.flush(leader.now);
        leader.syncs();
        leader.sends();
        leader.receives(2, new AppendAccepted(2, 2, 2, 2));
        assertEquals(2, leader.raft.commitIndex());
        assertEquals(List.of(), leader.sends());
        return leader;
    }

    @Test
    @DisplayName("a commit is told by the entries that follow within a millisecond, and costs no message of its own")
    void commitTravels() {
        RaftBench leader = committed();
        leader.now += 900;
        leader.raft.propose(leader.now, Bytes.utf8("y"));
        leader.raft.flush(leader.now);
        for (int follower : List.of(2, 3)) {
            AppendEntries only = to(follower, leader.sent).getFirst();
            assertEquals(2, only.commitIndex());
            assertEquals(1, only.entries().size());
        }
        leader.sends();
        leader.waits(HEARTBEAT / 2);
        assertEquals(List.of(), leader.sends());
    }

    @Test
    @DisplayName("a commit that nothing follows is told after a millisecond, once")
    void commitAlone() {
        RaftBench leader = committed();
        assertEquals(leader.now + 1_000, leader.raft.nextDeadline());
        leader.waits(1_000);
        List<RaftBench.Sent> sends = leader.sends();
        assertEquals(2, sends.size());
        for (int follower : List.of(2, 3)) {
            assertEquals(2, to(follower, sends).getFirst().commitIndex());
        }
        leader.waits(HEARTBEAT / 2);
        assertEquals(List.of(), leader.sends());
    }

    @Test
    @DisplayName("whoever did not get the entries is told of the commit all the same")
    void commitForTheFull() {
        RaftBench leader = committed();
        for (int i = 0; i < 4; i++) {
            leader.raft.propose(leader.now, Bytes.utf8("y"));
            leader.raft.flush(leader.now);
            leader.receives(2, new AppendAccepted(2, 3 + i, 3 + i, 2));
        }
        leader.syncs();
        leader.sends();
        leader.waits(1_000);
        assertEquals(6, to(3, leader.sends()).getFirst().commitIndex(), "its window is full");
    }

    @Nested
    @DisplayName("a follower that learns the term from an append that does not match")
    class Speechless {

        @Test
        @DisplayName("cannot refuse it before its term is durable, and then vouches for nothing")
        void vouchesForNothing() {
            RaftBench follower = node(2, 3, 1, 1, 1, 1);
            follower.receives(1, new AppendEntries(2, end(1, 1, 1, 1), List.of(), 0, 1));
            assertEquals(List.of(), follower.sends());
            follower.syncs();
            assertEquals(List.of(new RaftBench.Sent(1, new AppendAccepted(2, 0, 0, 1))), follower.sends());
        }

        @Test
        @DisplayName("is probed at the same place again, and its refusal is heard: no snapshot is sent that the log can spare")
        void probedAgain() {
            RaftBench leader = node(1, 3, 3, 1, 1, 2, 2, 3).elected();
            leader.syncs();
            leader.receives(3, new AppendAccepted(4, 6, 6, 1));
            leader.raft.compactTo(2);
            leader.sends();
            leader.receives(2, new AppendAccepted(4, 0, 0, 1));
            assertEquals(5, to(2, leader.sends()).getLast().previous().index());
            leader.receives(2, new AppendRejected(4, 5, 0, 4, 1));
            AppendEntries next = to(2, leader.sends()).getLast();
            assertEquals(end(1, 1, 2), next.previous());
            assertEquals(log(1, 1, 2, 2, 3).subList(3, 5), next.entries().subList(0, 2));
            leader.waits(HEARTBEAT);
            assertEquals(List.of(), leader.snapshotsAsked);
        }

        @Test
        @DisplayName("what matches says where to go on, and only what is durable is counted")
        void matchedIsNoPromise() {
            RaftBench leader = node(1, 3, 3, 1, 1, 2, 2, 3).elected();
            leader.syncs();
            leader.sends();
            leader.receives(2, new AppendAccepted(4, 6, 4, 1));
            assertEquals(4, leader.raft.matchIndex(2));
            assertEquals(0, leader.raft.commitIndex());
            leader.raft.propose(leader.now, Bytes.utf8("x"));
            leader.raft.flush(leader.now);
            assertEquals(7, to(2, leader.sends()).getLast().entries().getFirst().index());
            leader.receives(2, new AppendRejected(4, 6, 0, 6, 1));
            assertEquals(5, to(2, leader.sends()).getLast().previous().index(), "it has restarted before its sync");
        }
    }
}
