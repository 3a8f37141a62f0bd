package holdfast.raft;

import static holdfast.raft.BindingBench.NEW;
import static holdfast.raft.BindingBench.after;
import static holdfast.raft.BindingBench.aware;
import static holdfast.raft.BindingBench.entriesTo;
import static holdfast.raft.BindingBench.formatted;
import static holdfast.raft.BindingBench.founder;
import static holdfast.raft.BindingBench.fresh;
import static holdfast.raft.BindingBench.leader;
import static holdfast.raft.BindingBench.replaces;
import static holdfast.raft.BindingBench.to;
import static holdfast.raft.BindingBench.unaware;
import static holdfast.raft.RaftBench.HEARTBEAT;
import static holdfast.raft.RaftBench.TIMEOUT;
import static holdfast.raft.RaftBench.node;
import static holdfast.raft.Voters.disk;
import static holdfast.raft.Voters.sender;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.raft.Message.AppendAccepted;
import holdfast.raft.Message.AppendEntries;
import holdfast.raft.Message.AppendRejected;
import holdfast.raft.Message.PreVoteReply;
import holdfast.raft.Message.PreVoteRequest;
import holdfast.raft.Message.VoteReply;
import holdfast.raft.Message.VoteRequest;
import holdfast.raft.Raft.Refusal;
import holdfast.raft.RaftBench.Sent;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// One test per claim about a lost disk and the one that takes its place ([Binding]).
class ReplacedDiskTest {

    // ---- votes ---------------------------------------------------------------------------------------------

    /// A candidate of term 3; the log says at index 1 that voter 3 has a new disk, and that is committed if a snapshot says it.
    private static RaftBench candidate(boolean isCommitted) {
        Membership replaced = Voters.bound(3).replace(3, NEW, 1);
        LogEntry change = after(LogPosition.ORIGIN, 2, EntryType.CONFIG, replaced.encode());
        RaftBench candidate = new RaftBench(1, new RaftStart(
                0, disk(1), 1, new HardState(2, 0), isCommitted ? LogPosition.of(change) : LogPosition.ORIGIN,
                isCommitted ? replaced : Voters.bound(3), isCommitted ? List.of() : List.of(change)));
        candidate.waits(TIMEOUT);
        return candidate;
    }

    @Test
    @DisplayName("votes of a replacement count only when its log holds the entry")
    void votes() {
        RaftBench candidate = candidate(true);
        candidate.receives(unaware(3), new PreVoteReply(2, 3, true));
        assertEquals(2, candidate.raft.term(), "no pre-vote that counts");
        candidate.receives(aware(3, 1), new PreVoteReply(2, 3, true));
        candidate.syncs();
        assertEquals(3, candidate.raft.term());
        candidate.receives(unaware(3), new VoteReply(3, true));
        assertFalse(candidate.raft.isLeader());
        candidate.receives(aware(3, 1), new VoteReply(3, true));
        assertTrue(candidate.raft.isLeader());
    }

    @Test
    @DisplayName("votes of the replaced disk do not count, also while nobody knows whether the entry is committed")
    void votesOfTheReplaced() {
        RaftBench candidate = candidate(false);
        candidate.receives(sender(3), new PreVoteReply(2, 3, true));
        assertEquals(2, candidate.raft.term());
        candidate.receives(sender(2), new PreVoteReply(2, 3, true));
        candidate.syncs();
        candidate.receives(sender(3), new VoteReply(3, true));
        assertFalse(candidate.raft.isLeader());
        candidate.receives(sender(2), new VoteReply(3, true));
        assertTrue(candidate.raft.isLeader());
    }

    // ---- replacing -----------------------------------------------------------------------------------------

    @Nested
    @DisplayName("replacing a lost disk")
    class Replacing {

        @Test
        @DisplayName("is refused for the leader itself, for whom has no disk or is no voter, and for a disk that is somebody's")
        void refusals() {
            RaftBench leader = leader(3);
            assertEquals(Refusal.NOT_REPLACEABLE, leader.raft.replaceRefusal(1, NEW));
            assertEquals(Refusal.NOT_REPLACEABLE, leader.raft.replaceRefusal(4, NEW));
            assertEquals(Refusal.NOT_REPLACEABLE, leader.raft.replaceRefusal(2, disk(3)));
            assertEquals(Refusal.NOT_REPLACEABLE, leader.raft.replaceRefusal(2, disk(2)));
            assertEquals(Refusal.NOT_REPLACEABLE, leader.raft.replaceRefusal(2, Digest.ZERO));
            assertEquals(Refusal.NONE, leader.raft.replaceRefusal(2, NEW));
            assertEquals(Refusal.NOT_LEADER, node(1, 3, 1).raft.replaceRefusal(2, NEW));
            RaftBench founder = founder(3);
            founder.receives(2, new AppendAccepted(1, 0, 0, 1));
            founder.syncs();
            founder.receives(2, new AppendAccepted(1, 3, 3, 1));
            assertEquals(Refusal.NOT_REPLACEABLE, founder.raft.replaceRefusal(3, NEW), "voter 3 has none to lose");
            assertEquals(Refusal.NONE, founder.raft.replaceRefusal(2, NEW));
        }

        @Test
        @DisplayName("is refused while another change is under way, and before an entry of the own term is committed")
        void oneAtATime() {
            RaftBench leader = leader(5);
            replaces(leader, 5);
            assertEquals(Refusal.CHANGING, leader.raft.replaceRefusal(4, new Digest(9, 8)));
            assertEquals(Refusal.CHANGING, leader.raft.replaceRefusal(5, NEW), "that one itself");
            leader.syncs();
            leader.receives(2, new AppendAccepted(2, 2, 2, 1));
            leader.receives(3, new AppendAccepted(2, 2, 2, 1));
            assertEquals(Refusal.NONE, leader.raft.replaceRefusal(4, new Digest(9, 8)));
            RaftBench young = node(1, 3, 1).elected();
            young.syncs();
            assertEquals(Refusal.CHANGING, young.raft.replaceRefusal(2, NEW));
        }

        @Test
        @DisplayName("ends what the replaced disk says: its acknowledgements count no longer")
        void oldDiskIsOut() {
            RaftBench leader = leader(3);
            long index = replaces(leader, 3);
            leader.syncs();
            leader.receives(3, new AppendAccepted(2, index, index, 1));
            assertEquals(0, leader.raft.matchIndex(3));
            assertEquals(1, leader.raft.commitIndex());
            leader.receives(2, new AppendAccepted(2, index, index, 1));
            assertEquals(index, leader.raft.commitIndex());
        }

        @Test
        @DisplayName("is committed by a majority of all voters without the new disk")
        void majorityOfTheOthers() {
            RaftBench leader = leader(5);
            long index = replaces(leader, 5);
            leader.syncs();
            leader.receives(2, new AppendAccepted(2, index, index, 1));
            leader.receives(aware(5, index), new AppendAccepted(2, index - 1, index - 1, 1));
            leader.receives(sender(5), new AppendAccepted(2, index, index, 1));
            assertEquals(1, leader.raft.commitIndex());
            leader.receives(4, new AppendAccepted(2, index, index, 1));
            assertEquals(index, leader.raft.commitIndex());
        }

        @Test
        @DisplayName("tells the new disk only who leads before the entry is committed, and then everything")
        void nothingBeforeCommit() {
            RaftBench leader = leader(3);
            long index = replaces(leader, 3);
            leader.syncs();
            leader.waits(HEARTBEAT);
            leader.receives(unaware(3), new AppendRejected(2, 0, 0, 1, 1));
            leader.raft.propose(leader.now, Bytes.utf8("x"));
            leader.waits(HEARTBEAT);
            List<Sent> sends = leader.sends();
            assertEquals(List.of(), entriesTo(3, sends));
            assertTrue(to(3, sends).stream().allMatch(message -> message instanceof AppendEntries heartbeat
                    && heartbeat.previous().equals(LogPosition.ORIGIN) && heartbeat.commitIndex() == 0));
            assertFalse(to(2, sends).isEmpty());
            leader.receives(2, new AppendAccepted(2, index, index, 2));
            leader.receives(unaware(3), new AppendRejected(2, index - 1, 0, 1, 2));
            assertEquals(List.of(1L, 2L, 3L), entriesTo(3, leader.sends()).stream().distinct().sorted().toList());
        }

        @Test
        @DisplayName("the new disk's acknowledgement of what stands before the entry counts for nothing")
        void countsFromItsEntryOn() {
            RaftBench leader = leader(3);
            leader.raft.propose(leader.now, Bytes.utf8("x"));
            long index = replaces(leader, 3);
            leader.syncs();
            leader.receives(aware(3, index), new AppendAccepted(2, 0, 0, 1));
            leader.receives(aware(3, index), new AppendAccepted(2, index - 1, index - 1, 1));
            assertEquals(index - 1, leader.raft.matchIndex(3));
            assertEquals(1, leader.raft.commitIndex());
            assertEquals(List.of(1), leader.raft.syncedBy(index - 1));
        }

        @Test
        @DisplayName("the new disk counts when it holds the entry")
        void countsInTheEnd() {
            RaftBench leader = leader(3);
            long index = replaces(leader, 3);
            leader.syncs();
            leader.receives(2, new AppendAccepted(2, index, index, 1));
            long next = leader.raft.propose(leader.now, Bytes.utf8("x"));
            leader.raft.flush(leader.now);
            leader.syncs();
            leader.receives(aware(3, index), new AppendAccepted(2, next, next, leader.round()));
            assertEquals(next, leader.raft.commitIndex());
        }

        @Test
        @DisplayName("a new disk that does not hold the entry confirms neither reads nor that the leader still leads")
        void noWitness() {
            RaftBench leader = leader(3);
            long index = replaces(leader, 3);
            leader.syncs();
            leader.receives(2, new AppendAccepted(2, index, index, 1));
            leader.raft.read(leader.now, 7);
            leader.raft.flush(leader.now);
            leader.receives(unaware(3), new AppendAccepted(2, 0, 0, 9));
            assertEquals(List.of(), leader.reads);
            leader.waits(TIMEOUT / 2);
            leader.receives(unaware(3), new AppendAccepted(2, 0, 0, 9));
            leader.waits(TIMEOUT / 2 + 1);
            assertFalse(leader.raft.isLeader());
            assertEquals(List.of("failed 7"), leader.reads);
        }

        @Test
        @DisplayName("a new disk that holds the entry confirms both")
        void witness() {
            RaftBench leader = leader(3);
            long index = replaces(leader, 3);
            leader.syncs();
            leader.receives(2, new AppendAccepted(2, index, index, 1));
            leader.raft.read(leader.now, 7);
            leader.raft.flush(leader.now);
            leader.receives(aware(3, index), new AppendAccepted(2, index, index, leader.round()));
            assertEquals(List.of("ready 7 at " + index), leader.reads);
        }

        @Test
        @DisplayName("leaves the leader only when its own disk has it, and holds back what stands behind it")
        void ownDiskFirst() {
            RaftBench leader = leader(3);
            replaces(leader, 3);
            leader.raft.propose(leader.now, Bytes.utf8("x"));
            leader.waits(HEARTBEAT);
            assertEquals(List.of(), entriesTo(2, leader.sends()));
            leader.syncs();
            assertEquals(List.of(2L, 3L), entriesTo(2, leader.sends()));
        }

        @Test
        @DisplayName("after the commit the replaced disk is not listened to, not even for its term")
        void door() {
            RaftBench leader = leader(3);
            long index = replaces(leader, 3);
            leader.syncs();
            leader.receives(2, new AppendAccepted(2, index, index, 1));
            leader.sends();
            leader.receives(3, new VoteRequest(9, 9, 9, true));
            assertEquals(2, leader.raft.term());
            assertTrue(leader.raft.isLeader());
            assertEquals(List.of(), leader.sends());
        }

        @Test
        @DisplayName("before the commit the replaced disk may still depose the leader")
        void stillOpen() {
            RaftBench leader = leader(3);
            replaces(leader, 3);
            leader.receives(3, new AppendRejected(9, 0, 0, 0, 1));
            assertFalse(leader.raft.isLeader());
        }
    }

    // ---- logs and snapshots --------------------------------------------------------------------------------

    @Test
    @DisplayName("a membership that is truncated falls back to the one before")
    void truncated() {
        RaftBench follower = node(2, 3, 2);
        LogEntry change = after(
                LogPosition.ORIGIN, 2, EntryType.CONFIG, Voters.bound(3).replace(2, NEW, 1).encode());
        follower.receives(1, new AppendEntries(2, LogPosition.ORIGIN, List.of(change), 0, 1));
        assertEquals(NEW, follower.raft.membership().member(2).disk());
        assertEquals(0, follower.raft.self().since());
        follower.receives(3, new AppendEntries(
                3, LogPosition.ORIGIN, List.of(after(LogPosition.ORIGIN, 3, EntryType.NOOP, Bytes.EMPTY)), 0, 1));
        assertEquals(Voters.bound(3), follower.raft.membership());
        follower.syncs();
        follower.waits(2 * TIMEOUT);
        assertTrue(follower.sends().stream().anyMatch(sent -> sent.message() instanceof PreVoteRequest), "bound again");
    }

    @Test
    @DisplayName("a new disk says since when it is one as soon as its log holds the entry")
    void saysSince() {
        RaftBench fresh = fresh(3, NEW, 3);
        assertEquals(new Sender(3, NEW, 0, 1), fresh.raft.self());
        LogPosition first = LogPosition.of(formatted(3).getFirst());
        LogEntry change = after(first, 2, EntryType.CONFIG, Voters.bound(3).replace(3, NEW, 2).encode());
        fresh.receives(1, new AppendEntries(2, first, List.of(change), 2, 1));
        assertEquals(new Sender(3, NEW, 2, 1), fresh.raft.self());
    }

    @Test
    @DisplayName("a snapshot carries the membership that is in force at its end, and a restored node goes on with it")
    void snapshots() {
        RaftBench leader = leader(3);
        long index = replaces(leader, 3);
        assertEquals(Voters.bound(3), leader.raft.membershipAt(index - 1));
        assertEquals(Voters.bound(3).replace(3, NEW, index), leader.raft.membershipAt(index));
        RaftBench restored = fresh(3, NEW, 3);
        restored.raft.restore(restored.now, new LogPosition(7, 2, Digest.ZERO), leader.raft.membership());
        assertEquals(leader.raft.membership(), restored.raft.membership());
        assertEquals(new Sender(3, NEW, index, 1), restored.raft.self());
    }

    @Test
    @DisplayName("compaction keeps the membership that is in force at the base")
    void compacted() {
        RaftBench leader = leader(3);
        long index = replaces(leader, 3);
        leader.syncs();
        leader.receives(2, new AppendAccepted(2, index, index, 1));
        leader.raft.compactTo(index);
        assertEquals(Voters.bound(3).replace(3, NEW, index), leader.raft.membershipAt(index));
        assertEquals(leader.raft.membershipAt(index), leader.raft.membership());
    }
}
