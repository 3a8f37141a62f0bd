package holdfast.raft;

import static holdfast.raft.BindingBench.NEW;
import static holdfast.raft.BindingBench.entriesTo;
import static holdfast.raft.BindingBench.formatted;
import static holdfast.raft.BindingBench.founder;
import static holdfast.raft.BindingBench.fresh;
import static holdfast.raft.BindingBench.started;
import static holdfast.raft.BindingBench.to;
import static holdfast.raft.BindingBench.unaware;
import static holdfast.raft.RaftBench.HEARTBEAT;
import static holdfast.raft.RaftBench.TIMEOUT;
import static holdfast.raft.RaftBench.node;
import static holdfast.raft.Voters.disk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.raft.Message.AppendAccepted;
import holdfast.raft.Message.AppendEntries;
import holdfast.raft.Message.AppendRejected;
import holdfast.raft.Message.PreVoteRequest;
import holdfast.raft.Message.TimeoutNow;
import holdfast.raft.Message.VoteReply;
import holdfast.raft.Message.VoteRequest;
import holdfast.raft.Raft.Refusal;
import holdfast.raft.RaftBench.Sent;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// One test per claim about forming a store: which disks its founder binds ([Binding]).
class FormedStoreTest {

    // ---- forming -------------------------------------------------------------------------------------------

    @Nested
    @DisplayName("a store that is being formed")
    class Forming {

        @Test
        @DisplayName("is led by its founder alone, whose disk is the quorum; the others are told who leads")
        void founderLeads() {
            RaftBench founder = founder(3);
            assertEquals(2, founder.raft.commitIndex());
            assertTrue(founder.raft.membership().isForming());
            AppendEntries introduction = new AppendEntries(1, LogPosition.ORIGIN, List.of(), 0, 1);
            List<Sent> sends = founder.sends();
            assertTrue(to(2, sends).contains(introduction) && to(3, sends).contains(introduction), sends::toString);
            assertEquals(List.of(), entriesTo(2, sends));
        }

        @Test
        @DisplayName("takes no command and replaces no disk")
        void refuses() {
            RaftBench founder = founder(3);
            assertEquals(Refusal.FORMING, founder.raft.refusal());
            assertEquals(Refusal.FORMING, founder.raft.replaceRefusal(1, NEW));
            assertEquals(Refusal.NONE, founder(1).raft.refusal(), "a cluster of one is formed");
        }

        @Test
        @DisplayName("binds the disk that a voter speaks from, and takes commands from then on")
        void binds() {
            RaftBench founder = founder(3);
            founder.receives(2, new AppendAccepted(1, 0, 0, 1));
            assertEquals(
                    List.of(new Member(1, disk(1), 0), new Member(2, disk(2), 0), Member.unbound(3)),
                    founder.raft.membership().members());
            assertEquals(3, founder.raft.membershipIndex());
            assertEquals(Refusal.NONE, founder.raft.refusal());
        }

        @Test
        @DisplayName("waits until those who were heard make a majority, and binds them by one entry")
        void bindsAtOnce() {
            RaftBench founder = founder(5);
            founder.receives(4, new AppendAccepted(1, 0, 0, 1));
            assertEquals(1, founder.raft.membershipIndex());
            founder.receives(2, new AppendAccepted(1, 0, 0, 1));
            assertEquals(3, founder.raft.membershipIndex());
            assertTrue(founder.raft.membership().member(2).isOn(disk(2)));
            assertTrue(founder.raft.membership().member(4).isOn(disk(4)));
        }

        @Test
        @DisplayName("binds one voter when two of them speak from one disk, and goes on")
        void oneDiskForTwo() {
            RaftBench founder = founder(5);
            founder.receives(unaware(2), new AppendAccepted(1, 0, 0, 1));
            founder.receives(unaware(3), new AppendAccepted(1, 0, 0, 1));
            assertTrue(founder.raft.membership().isForming());
            founder.receives(new Sender(4, disk(1), 0, 1), new AppendAccepted(1, 0, 0, 1));
            assertTrue(founder.raft.membership().isForming(), "the founder's own disk");
            founder.receives(4, new AppendAccepted(1, 0, 0, 1));
            assertFalse(founder.raft.membership().member(3).isBound());
            assertFalse(founder.raft.membership().isForming());
        }

        @Test
        @DisplayName("a membership leaves the founder only when its own disk has it")
        void ownDiskFirst() {
            RaftBench founder = founder(3);
            founder.receives(2, new AppendAccepted(1, 0, 0, 1));
            founder.sends();
            founder.receives(2, new AppendRejected(1, 2, 0, 2, 1));
            assertEquals(List.of(2L), entriesTo(2, founder.sends()), "what stands before it");
            founder.receives(2, new AppendAccepted(1, 2, 2, 1));
            founder.waits(HEARTBEAT);
            assertEquals(List.of(), entriesTo(2, founder.sends()));
            founder.syncs();
            assertEquals(List.of(3L), entriesTo(2, founder.sends()));
        }

        @Test
        @DisplayName("once the founder has named a majority it does nothing alone any more")
        void majorityFromThenOn() {
            RaftBench founder = founder(3);
            founder.receives(2, new AppendAccepted(1, 0, 0, 1));
            founder.syncs();
            assertEquals(2, founder.raft.commitIndex());
            founder.receives(2, new AppendAccepted(1, 3, 3, 1));
            assertEquals(3, founder.raft.commitIndex());
        }

        @Test
        @DisplayName("the third voter is bound later, when it is heard")
        void bindsTheThird() {
            RaftBench founder = founder(3);
            founder.receives(2, new AppendAccepted(1, 0, 0, 1));
            founder.syncs();
            founder.receives(3, new AppendAccepted(1, 0, 0, 1));
            assertEquals(3, founder.raft.membershipIndex(), "the first change is not committed yet");
            founder.receives(2, new AppendAccepted(1, 3, 3, 1));
            assertEquals(4, founder.raft.membershipIndex());
            assertEquals(Voters.bound(3), founder.raft.membership());
        }
    }

    @Nested
    @DisplayName("a node without a bound disk")
    class Unbound {

        @Test
        @DisplayName("never campaigns, also if it is told to")
        void neverCampaigns() {
            RaftBench voter = fresh(2, disk(2), 3);
            voter.waits(10 * TIMEOUT);
            voter.receives(3, new TimeoutNow(0));
            voter.syncs();
            assertEquals(List.of(), voter.sends());
            assertEquals(0, voter.raft.term());
        }

        @Test
        @DisplayName("formatted a second time, never leads together with a voter that has not heard of the first time")
        void secondFormatting() {
            RaftBench founder = fresh(1, NEW, 3);
            RaftBench isolated = fresh(2, disk(2), 3);
            for (int i = 0; i < 10; i++) {
                founder.waits(2 * TIMEOUT);
                isolated.waits(2 * TIMEOUT);
                founder.receives(2, new VoteReply(founder.raft.term(), true));
                founder.receives(2, new TimeoutNow(founder.raft.term()));
                isolated.receives(unaware(1), new TimeoutNow(isolated.raft.term()));
                founder.syncs();
                isolated.syncs();
            }
            assertEquals(List.of(), founder.sends());
            assertEquals(List.of(), isolated.sends());
            assertFalse(founder.raft.isLeader() || isolated.raft.isLeader());
        }

        @Test
        @DisplayName("votes while nobody else has its place, and not when somebody has")
        void mayVote() {
            RaftBench voter = fresh(2, disk(2), 3);
            voter.receives(1, new VoteRequest(1, 9, 1, false));
            voter.syncs();
            assertEquals(List.of(new Sent(1, new VoteReply(1, true))), voter.sends());
            RaftBench replaced = new RaftBench(2, new RaftStart(
                    0, NEW, 1, new HardState(1, 0), LogPosition.ORIGIN, Voters.bound(3), List.of()));
            replaced.receives(1, new PreVoteRequest(2, 9, 1));
            replaced.receives(1, new VoteRequest(2, 9, 1, false));
            replaced.syncs();
            assertEquals(List.of(), replaced.sends());
        }
    }

    /// A founder that has bound voter 2 by an entry that nobody else has, restarts with that term and vote. Whether it leads
    /// after it has talked to voter 2, which has heard of term 1 and of nothing else.
    private static RaftBench returned(HardState state) {
        RaftBench before = founder(3);
        before.receives(2, new AppendAccepted(1, 0, 0, 1));
        before.syncs();
        List<LogEntry> log = List.of(before.raft.entry(1), before.raft.entry(2), before.raft.entry(3));
        RaftBench founder = started(1, disk(1), state, log);
        RaftBench voter = started(2, disk(2), new HardState(1, HardState.NOBODY), formatted(3));
        founder.waits(TIMEOUT);
        founder.syncs();
        assertFalse(founder.raft.isLeader(), "not by itself any more");
        for (int i = 0; i < 4; i++) {
            to(2, founder.sends()).forEach(message -> voter.receives(founder.raft.self(), message));
            voter.syncs();
            to(1, voter.sends()).forEach(message -> founder.receives(voter.raft.self(), message));
            founder.syncs();
        }
        assertTrue(founder.raft.isLeader());
        assertEquals(founder.raft.last(), voter.raft.last());
        assertEquals(4, founder.raft.commitIndex());
        return founder;
    }

    @Test
    @DisplayName("a restarted founder is elected by the voters that its unreplicated membership names")
    void founderReturns() {
        assertEquals(2, returned(new HardState(1, 1)).raft.term());
    }

    @Test
    @DisplayName("so is one that had begun to campaign: voters that never campaign would not hear of its term otherwise")
    void candidateReturns() {
        assertEquals(3, returned(new HardState(2, 1)).raft.term());
    }
}
