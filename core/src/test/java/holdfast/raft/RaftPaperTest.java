package holdfast.raft;

import static holdfast.raft.RaftBench.TIMEOUT;
import static holdfast.raft.RaftBench.end;
import static holdfast.raft.RaftBench.log;
import static holdfast.raft.RaftBench.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.raft.Message.AppendAccepted;
import holdfast.raft.Message.AppendEntries;
import holdfast.raft.Message.AppendRejected;
import holdfast.raft.Message.PreVoteReply;
import holdfast.raft.Message.PreVoteRequest;
import holdfast.raft.Message.VoteReply;
import holdfast.raft.Message.VoteRequest;
import holdfast.raft.RaftBench.Sent;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// One test per claim, named by the section that makes it. "Thesis" is Ongaro's dissertation.
class RaftPaperTest {

    @Nested
    @DisplayName("§5.1 terms")
    class Terms {

        @Test
        @DisplayName("a leader that sees a higher term becomes a follower")
        void leaderStepsDown() {
            RaftBench leader = node(1, 3, 4).elected();
            leader.receives(2, new AppendRejected(9, 0, 0, 0, 0));
            assertFalse(leader.raft.isLeader());
            assertEquals(9, leader.raft.term());
        }

        @Test
        @DisplayName("a stale leader is told the newer term and nothing else happens")
        void staleLeaderIsRefused() {
            RaftBench follower = node(1, 3, 5);
            follower.receives(2, new AppendEntries(3, LogPosition.ORIGIN, log(3), 0, 7));
            assertEquals(List.of(new Sent(2, new AppendRejected(5, 0, 0, 0, Message.NO_ROUND))), follower.sends());
            assertEquals(0, follower.raft.last().index());
        }

        @Test
        @DisplayName("no message carries a term that is not durable yet")
        void termBeforeWords() {
            RaftBench follower = node(1, 3, 1);
            follower.receives(2, new AppendEntries(2, LogPosition.ORIGIN, List.of(), 0, 1));
            assertEquals(List.of(), follower.sends());
            follower.syncs();
            assertEquals(List.of(new Sent(2, new AppendAccepted(2, 0, 0, 1))), follower.sends());
        }
    }

    @Nested
    @DisplayName("§5.2 elections")
    class Elections {

        @Test
        @DisplayName("a vote is told only after it is durable")
        void voteWaitsForDisk() {
            RaftBench voter = node(1, 3, 1);
            voter.receives(2, new VoteRequest(2, 0, 0, false));
            assertEquals(List.of(), voter.sends());
            assertEquals(new HardState(2, 2), voter.persisted.getLast().state());
            voter.syncs();
            assertEquals(List.of(new Sent(2, new VoteReply(2, true))), voter.sends());
        }

        @Test
        @DisplayName("one vote a term; the same candidate may ask again")
        void oneVoteATerm() {
            RaftBench voter = node(1, 3, 1);
            voter.receives(2, new VoteRequest(2, 0, 0, false));
            voter.syncs();
            voter.sends();
            voter.receives(3, new VoteRequest(2, 0, 0, false));
            voter.receives(2, new VoteRequest(2, 0, 0, false));
            assertEquals(
                    List.of(new Sent(3, new VoteReply(2, false)), new Sent(2, new VoteReply(2, true))),
                    voter.sends());
        }

        @Test
        @DisplayName("a candidate asks for votes only after its own term and vote are durable")
        void candidateWaitsForDisk() {
            RaftBench candidate = node(1, 3, 1);
            candidate.waits(TIMEOUT);
            candidate.receives(2, new PreVoteReply(1, 2, true));
            candidate.sends();
            assertEquals(new HardState(2, 1), candidate.persisted.getLast().state());
            candidate.syncs();
            assertEquals(
                    List.of(new Sent(2, new VoteRequest(2, 0, 0, false)), new Sent(3, new VoteRequest(2, 0, 0, false))),
                    candidate.sends());
        }

        @Test
        @DisplayName("the same voter is counted once")
        void votersAreCountedOnce() {
            RaftBench candidate = node(1, 5, 1);
            candidate.waits(TIMEOUT);
            candidate.receives(2, new PreVoteReply(1, 2, true));
            candidate.receives(3, new PreVoteReply(1, 2, true));
            candidate.syncs();
            candidate.receives(2, new VoteReply(2, true));
            candidate.receives(2, new VoteReply(2, true));
            assertFalse(candidate.raft.isLeader());
            candidate.receives(3, new VoteReply(2, true));
            assertTrue(candidate.raft.isLeader());
        }

        @Test
        @DisplayName("a vote of an older term is not counted")
        void oldVotes() {
            RaftBench candidate = node(1, 3, 7);
            candidate.waits(TIMEOUT);
            candidate.receives(2, new PreVoteReply(7, 8, true));
            candidate.syncs();
            candidate.receives(2, new VoteReply(7, true));
            assertFalse(candidate.raft.isLeader());
        }

        @Test
        @DisplayName("even sizes are refused, odd ones up to seven run")
        void sizes() {
            for (int voters = 0; voters <= 8; voters++) {
                boolean runs = voters == 1 || voters == 3 || voters == 5 || voters == 7;
                assertEquals(runs, Membership.refusal(voters).isEmpty(), "voters " + voters);
            }
        }
    }

    @Nested
    @DisplayName("thesis §9.6 pre-vote and §4.2.3 stickiness")
    class PreVotes {

        @Test
        @DisplayName("asking for a pre-vote changes no term anywhere")
        void nothingChanges() {
            RaftBench asking = node(1, 3, 4);
            asking.waits(TIMEOUT);
            assertEquals(new Sent(2, new PreVoteRequest(5, 0, 0)), asking.sends().getFirst());
            assertEquals(4, asking.raft.term());
            RaftBench asked = node(2, 3, 4);
            asked.receives(1, new PreVoteRequest(5, 0, 0));
            assertEquals(List.of(new Sent(1, new PreVoteReply(4, 5, true))), asked.sends());
            assertEquals(4, asked.raft.term());
        }

        @Test
        @DisplayName("whoever has heard a leader lately helps nobody to depose it")
        void stickiness() {
            RaftBench follower = node(1, 3, 4);
            follower.receives(2, new AppendEntries(4, LogPosition.ORIGIN, List.of(), 0, 1));
            follower.sends();
            follower.receives(3, new PreVoteRequest(5, 9, 9));
            follower.receives(3, new VoteRequest(5, 9, 9, false));
            assertEquals(List.of(), follower.sends());
            assertEquals(4, follower.raft.term());
        }

        @Test
        @DisplayName("an election that the leader asked for is not refused")
        void transferPasses() {
            RaftBench follower = node(1, 3, 4);
            follower.receives(2, new AppendEntries(4, LogPosition.ORIGIN, List.of(), 0, 1));
            follower.receives(3, new VoteRequest(5, 9, 9, true));
            assertEquals(5, follower.raft.term());
        }
    }

    @Nested
    @DisplayName("§5.3 log replication")
    class Replicating {

        @Test
        @DisplayName("a follower acknowledges only what its own disk has confirmed")
        void ackWaitsForDisk() {
            RaftBench follower = node(1, 3, 2);
            follower.receives(2, new AppendEntries(2, LogPosition.ORIGIN, log(2, 2), 0, 1));
            assertEquals(List.of(new Sent(2, new AppendAccepted(2, 2, 0, 1))), follower.sends());
            follower.syncs();
            assertEquals(List.of(new Sent(2, new AppendAccepted(2, 2, 2, 1))), follower.sends());
        }

        @Test
        @DisplayName("the acknowledgement covers what matched, not the follower's own tail")
        void ackCoversMatch() {
            RaftBench follower = node(1, 3, 3, 1, 1, 2, 2);
            follower.receives(2, new AppendEntries(3, end(1, 1), List.of(), 0, 1));
            follower.syncs();
            assertEquals(new Sent(2, new AppendAccepted(3, 2, 2, 1)), follower.sends().getLast());
        }

        @Test
        @DisplayName("an old AppendEntries truncates nothing that agrees")
        void lateAppend() {
            RaftBench follower = node(1, 3, 1, 1, 1, 1);
            follower.receives(2, new AppendEntries(1, end(1), List.of(log(1, 1).getLast()), 0, 1));
            assertEquals(3, follower.raft.last().index());
        }

        @Test
        @DisplayName("a conflicting suffix is replaced in one write")
        void conflict() {
            RaftBench follower = node(1, 3, 3, 1, 2, 2);
            follower.receives(2, new AppendEntries(3, end(1), List.of(log(1, 3).getLast()), 0, 1));
            assertEquals(end(1, 3), follower.raft.last());
            assertEquals(2, follower.written.getLast().truncateFrom());
            assertEquals(1, follower.raft.durableIndex());
        }

        @Test
        @DisplayName("a rejected append names the whole conflicting term, and the leader skips it")
        void skipsTerms() {
            RaftBench follower = node(1, 3, 5, 1, 2, 2, 2);
            follower.receives(2, new AppendEntries(5, end(1, 4, 4, 4), List.of(), 0, 1));
            assertEquals(new Sent(2, new AppendRejected(5, 4, 2, 2, 1)), follower.sends().getLast());
            RaftBench leader = node(2, 3, 4, 1, 4, 4, 4).elected();
            leader.sends();
            leader.receives(1, new AppendRejected(5, 4, 2, 2, 1));
            AppendEntries next = assertInstanceOf(AppendEntries.class, leader.sends().getFirst().message());
            assertEquals(end(1), next.previous());
        }

        @Test
        @DisplayName("a follower commits only what it knows to be the leader's")
        void followerCommit() {
            RaftBench follower = node(1, 3, 3, 1, 2, 2);
            follower.receives(2, new AppendEntries(3, end(1), List.of(), 3, 1));
            assertEquals(1, follower.raft.commitIndex());
        }

        @Test
        @DisplayName("the window bounds what is in flight")
        void window() {
            RaftBench leader = node(1, 3, 1).elected();
            leader.syncs();
            leader.receives(2, new AppendAccepted(2, 1, 1, 1));
            leader.sends();
            for (int i = 0; i < 10; i++) {
                leader.raft.propose(leader.now, Bytes.utf8("x"));
                leader.raft.flush(leader.now);
            }
            long toTwo = leader.sends().stream()
                    .filter(s -> s.to() == 2 && s.message() instanceof AppendEntries a && !a.entries().isEmpty())
                    .count();
            assertEquals(4, toTwo);
        }
    }

    @Nested
    @DisplayName("§5.4 safety")
    class Safety {

        @Test
        @DisplayName("§5.4.1 the later last term wins, then the longer log")
        void upToDate() {
            long[][] refused = {{3, 1}, {9, 1}, {2, 2}};
            for (long[] last : refused) {
                RaftBench voter = node(1, 3, 3, 1, 2, 2);
                voter.receives(2, new VoteRequest(3, last[0], last[1], false));
                assertEquals(List.of(new Sent(2, new VoteReply(3, false))), voter.sends());
            }
            long[][] granted = {{3, 2}, {4, 2}, {1, 3}};
            for (long[] last : granted) {
                RaftBench voter = node(1, 3, 2, 1, 2, 2);
                voter.receives(2, new VoteRequest(4, last[0], last[1], false));
                voter.syncs();
                assertEquals(List.of(new Sent(2, new VoteReply(4, true))), voter.sends());
            }
        }

        @Test
        @DisplayName("§5.4.2, Figure 8: an older term's entry on a majority is not committed by that")
        void figureEight() {
            RaftBench leader = node(1, 3, 2, 1, 2).elected();
            leader.receives(2, new AppendAccepted(3, 2, 2, 1));
            leader.syncs();
            assertEquals(0, leader.raft.commitIndex());
            leader.receives(2, new AppendAccepted(3, 3, 3, 1));
            assertEquals(3, leader.raft.commitIndex());
        }

        @Test
        @DisplayName("the leader's own disk is one vote like any other")
        void ownSyncIsOneVote() {
            RaftBench leader = node(1, 3, 1).elected();
            leader.receives(2, new AppendAccepted(2, 1, 1, 1));
            assertEquals(0, leader.raft.commitIndex(), "one follower and an unfinished own sync are no majority");
            leader.receives(3, new AppendAccepted(2, 1, 1, 1));
            assertEquals(1, leader.raft.commitIndex(), "two followers are");
        }

        @Test
        @DisplayName("a confirmation of an old write does not vouch for a new entry with its index")
        void reusedIndex() {
            RaftBench follower = node(1, 3, 2);
            follower.receives(2, new AppendEntries(2, LogPosition.ORIGIN, log(2, 2), 0, 1));
            long oldWrite = follower.written.getLast().number();
            follower.receives(3, new AppendEntries(3, LogPosition.ORIGIN, log(3, 3), 0, 1));
            follower.raft.onEntriesDurable(follower.now, oldWrite);
            assertEquals(0, follower.raft.durableIndex());
            follower.syncs();
            assertEquals(2, follower.raft.durableIndex());
        }
    }
}
