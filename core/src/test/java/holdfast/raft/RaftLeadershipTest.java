package holdfast.raft;

import static holdfast.raft.RaftBench.HEARTBEAT;
import static holdfast.raft.RaftBench.TIMEOUT;
import static holdfast.raft.RaftBench.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.raft.Message.AppendAccepted;
import holdfast.raft.Message.AppendEntries;
import holdfast.raft.Message.AppendRejected;
import holdfast.raft.Message.InstallSnapshot;
import holdfast.raft.Message.InstallSnapshotReply;
import holdfast.raft.Message.PreVoteReply;
import holdfast.raft.Message.PreVoteRequest;
import holdfast.raft.Message.ReadIndexReply;
import holdfast.raft.Message.ReadIndexRequest;
import holdfast.raft.Message.VoteReply;
import holdfast.raft.Message.VoteRequest;
import holdfast.raft.RaftBench.Sent;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What an answer says, it says about the leadership that asked; and a leader keeps office, reads and votes no longer than
/// it may. One test for each way in which one of these was once wrong.
class RaftLeadershipTest {

    /// A leader of term 2 in a cluster of three whose first entry is committed and whose round 2 is out.
    private static RaftBench leader() {
        RaftBench leader = node(1, 3, 1).elected();
        leader.syncs();
        leader.receives(2, new AppendAccepted(2, 1, 1, 1));
        leader.sends();
        return leader;
    }

    // ---- answers -------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a refusal of an old term says the new term, and neither an index nor a round of the old one")
    void refusalsRepeatNothing() {
        RaftBench follower = node(2, 3, 4);
        follower.receives(1, new AppendEntries(2, new LogPosition(7, 2, holdfast.Digest.ZERO), List.of(), 7, 1322));
        follower.receives(1, new InstallSnapshot(
                2, new LogPosition(9, 2, holdfast.Digest.ZERO), 3, 9, Message.Piece.IMAGE, Bytes.EMPTY, 1322));
        assertEquals(
                List.of(
                        new Sent(1, new AppendRejected(4, 0, 0, 0, Message.NO_ROUND)),
                        new Sent(1, new InstallSnapshotReply(4, 0, 0, 0, false, Message.NO_ROUND))),
                follower.sends());
    }

    @Test
    @DisplayName("such a refusal confirms no read and moves no follower back, also if its receiver leads the new term")
    void refusalsConfirmNothing() {
        RaftBench leader = leader();
        leader.receives(3, new AppendAccepted(2, 1, 1, leader.round()));
        leader.raft.read(leader.now, 77);
        leader.raft.flush(leader.now);
        RaftBench other = node(2, 3, 2);
        other.receives(1, new AppendEntries(1, LogPosition.ORIGIN, List.of(), 0, 1322));
        leader.receives(2, other.sends().getFirst().message());
        assertEquals(List.of(), leader.reads);
        leader.receives(2, new AppendAccepted(2, 1, 1, leader.round()));
        assertEquals(List.of("ready 77 at 1"), leader.reads);
    }

    // ---- the quorum ----------------------------------------------------------------------------------------

    @Test
    @DisplayName("reads faster than heartbeats do not keep a leader in office that nobody answers")
    void readsDoNotProlong() {
        RaftBench leader = leader();
        long heard = leader.now;
        for (long id = 1; leader.raft.isLeader() && leader.now < heard + 10 * TIMEOUT; id++) {
            leader.now += HEARTBEAT - 1;
            if (leader.now >= leader.raft.nextDeadline()) {
                leader.raft.onTime(leader.now);
            }
            leader.raft.read(leader.now, id);
            leader.raft.flush(leader.now);
        }
        assertFalse(leader.raft.isLeader());
        assertTrue(leader.now < heard + TIMEOUT + HEARTBEAT, "it looked when it was due");
    }

    @Test
    @DisplayName("the quorum is lost an election timeout after the answer of the follower that completes a majority")
    void quorumDeadline() {
        RaftBench leader = node(1, 5, 1).elected();
        leader.syncs();
        long start = leader.now;
        leader.now = start + 10;
        leader.receives(2, new AppendAccepted(2, 1, 1, 1));
        leader.now = start + 20;
        leader.receives(3, new AppendAccepted(2, 1, 1, 1));
        leader.now = start + 30;
        leader.receives(4, new AppendAccepted(2, 1, 1, 1));
        leader.now = start + 20 + TIMEOUT - 1;
        leader.raft.onTime(leader.now);
        assertTrue(leader.raft.isLeader());
        leader.waits(1);
        assertFalse(leader.raft.isLeader());
    }

    @Test
    @DisplayName("a disk that has much to do and does it keeps its leader in office; one that stops does not")
    void stuckDisk() {
        RaftBench leader = leader();
        for (int bytes : List.of(1, 8_000)) {
            leader.raft.propose(leader.now, Bytes.wrap(new byte[bytes]));
            leader.raft.flush(leader.now);
        }
        isAnsweredFor(leader, 2 * TIMEOUT - 1);
        leader.raft.onEntriesDurable(leader.now, leader.written.getFirst().number());
        isAnsweredFor(leader, 2 * TIMEOUT + 1_000 - 1);
        assertTrue(leader.raft.isLeader(), "the second write is older than two election timeouts");
        leader.waits(1);
        assertFalse(leader.raft.isLeader());
    }

    private static void isAnsweredFor(RaftBench leader, long micros) {
        for (long end = leader.now + micros; leader.now < end; ) {
            leader.waits(Math.min(HEARTBEAT, end - leader.now));
            leader.receives(2, new AppendAccepted(2, 1, 1, leader.round()));
        }
    }

    @Test
    void reachedByQuorum() {
        assertEquals(1, Voters.bound(1).reachedByQuorum(voter -> voter));
        assertEquals(2, Voters.bound(3).reachedByQuorum(voter -> voter));
        assertEquals(3, Voters.bound(5).reachedByQuorum(voter -> 6 - voter));
        assertEquals(0, Voters.bound(5).reachedByQuorum(voter -> voter > 3 ? 9 : 0));
    }

    // ---- reads ---------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a read that cannot be confirmed is given up, although a majority answers")
    void readsExpire() {
        RaftBench leader = node(1, 3, 1).elected();
        leader.receives(2, new ReadIndexRequest(2, 8));
        leader.raft.read(leader.now, 77);
        leader.syncs();
        for (long waited = 0; waited < 6 * TIMEOUT; waited += HEARTBEAT) {
            leader.waits(HEARTBEAT);
            leader.receives(2, new AppendAccepted(2, 0, 0, 1 + waited / HEARTBEAT));
        }
        assertTrue(leader.raft.isLeader());
        assertEquals(List.of("failed 77"), leader.reads);
        assertTrue(leader.sends().contains(new Sent(2, new ReadIndexReply(2, 8, ReadIndexReply.REFUSED))));
    }

    // ---- votes ---------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a vote that waits for the disk outlives a refusal to another candidate")
    void refusalDoesNotEvict() {
        RaftBench voter = node(1, 3, 1);
        voter.receives(2, new VoteRequest(2, 0, 0, false));
        voter.receives(3, new VoteRequest(2, 0, 0, false));
        assertEquals(List.of(), voter.sends(), "nothing is said in a term that is not durable");
        voter.syncs();
        assertEquals(List.of(new Sent(2, new VoteReply(2, true))), voter.sends());
    }

    @Test
    @DisplayName("a refusal is told at once if its term is durable")
    void refusalDoesNotWait() {
        RaftBench voter = node(1, 3, 2);
        voter.receives(2, new VoteRequest(2, 0, 0, false));
        voter.receives(3, new VoteRequest(2, 0, 0, false));
        assertEquals(List.of(new Sent(3, new VoteReply(2, false))), voter.sends());
        voter.syncs();
        assertEquals(List.of(new Sent(2, new VoteReply(2, true))), voter.sends());
    }

    @Test
    @DisplayName("thesis §9.6: a pre-vote of a node in an older term counts, its refusal does not")
    void preVoteOfOlderTerm() {
        RaftBench candidate = node(1, 3, 5);
        candidate.waits(TIMEOUT);
        candidate.receives(2, new PreVoteReply(4, 6, false));
        assertEquals(5, candidate.raft.term());
        candidate.receives(2, new PreVoteReply(4, 5, true));
        assertEquals(5, candidate.raft.term(), "an answer to an older question");
        candidate.receives(2, new PreVoteReply(4, 6, true));
        assertEquals(6, candidate.raft.term());
    }

    @Test
    @DisplayName("whoever asks for a term that has begun is told so, even while a leader is protected")
    void oldTermIsTold() {
        RaftBench follower = node(1, 3, 5);
        follower.receives(2, new AppendEntries(5, LogPosition.ORIGIN, List.of(), 0, 1));
        follower.sends();
        follower.receives(3, new PreVoteRequest(6, 0, 0));
        assertEquals(List.of(), follower.sends());
        follower.receives(3, new PreVoteRequest(5, 0, 0));
        assertEquals(List.of(new Sent(3, new PreVoteReply(5, 5, false))), follower.sends());
        RaftBench asking = node(3, 3, 4);
        asking.waits(TIMEOUT);
        asking.receives(1, new PreVoteReply(5, 5, false));
        assertEquals(5, asking.raft.term());
    }

    // ---- bytes and disks -----------------------------------------------------------------------------------

    @Test
    @DisplayName("what a leader has inherited does not hide what it has appended")
    void inheritedBytes() {
        RaftBench leader = node(1, 3, 1, 1, 1).elected();
        byte[] large = new byte[1 << 20];
        leader.raft.propose(leader.now, Bytes.wrap(large));
        leader.raft.flush(leader.now);
        leader.syncs();
        leader.receives(2, new AppendAccepted(2, 3, 3, 1));
        assertEquals(3, leader.raft.commitIndex(), "two inherited entries and the first of the term");
        assertEquals(Raft.Refusal.OVERLOADED, leader.raft.refusal());
        leader.receives(2, new AppendAccepted(2, 4, 4, leader.round()));
        assertEquals(Raft.Refusal.NONE, leader.raft.refusal());
    }

    @Test
    @DisplayName("what a leader has inherited and nobody knows to be committed counts: terms that come and go fill no log")
    void inheritedBytesCount() {
        RaftBench leader = node(1, 3, 1).elected();
        leader.raft.propose(leader.now, Bytes.wrap(new byte[1 << 20]));
        leader.raft.flush(leader.now);
        leader.syncs();
        leader.receives(2, new AppendRejected(3, 0, 0, 0, Message.NO_ROUND));
        leader.elected();
        assertTrue(leader.raft.isLeader());
        assertEquals(Raft.Refusal.OVERLOADED, leader.raft.refusal());
        leader.syncs();
        long last = leader.raft.last().index();
        leader.receives(2, new AppendAccepted(leader.raft.term(), last, last, 1));
        assertEquals(last, leader.raft.commitIndex());
        assertEquals(Raft.Refusal.NONE, leader.raft.refusal());
    }

    @Test
    @DisplayName("a follower that refuses what it had acknowledged has forgotten it; an older refusal proves nothing")
    void forgetful() {
        RaftBench leader = leader().beats(3);
        leader.receives(3, new AppendAccepted(2, 1, 1, 2));
        leader.receives(3, new AppendRejected(2, 1, 0, 1, 2));
        leader.receives(3, new AppendRejected(2, 1, 0, 1, 1));
        leader.receives(3, new AppendRejected(2, 0, 0, 0, Message.NO_ROUND));
        assertEquals(List.of(), leader.raft.forgetful());
        leader.receives(3, new AppendRejected(2, 1, 0, 1, 3));
        assertEquals(List.of(3), leader.raft.forgetful());
        leader.receives(2, new VoteRequest(9, 0, 0, true));
        assertEquals(List.of(), leader.raft.forgetful());
    }
}
