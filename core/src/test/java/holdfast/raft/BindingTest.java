package holdfast.raft;

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
import holdfast.Hasher;
import holdfast.raft.Message.AppendAccepted;
import holdfast.raft.Message.AppendEntries;
import holdfast.raft.Message.AppendRejected;
import holdfast.raft.Message.PreVoteReply;
import holdfast.raft.Message.PreVoteRequest;
import holdfast.raft.Message.TimeoutNow;
import holdfast.raft.Message.VoteReply;
import holdfast.raft.Message.VoteRequest;
import holdfast.raft.Raft.Refusal;
import holdfast.raft.RaftBench.Sent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// One test per claim about forming a store and about replacing a lost disk ([Binding]).
class BindingTest {

    private static final Digest NEW = new Digest(9, 9);

    /// The new disk of that voter, before and after it has heard that it is one.
    private static Sender unaware(int voter) {
        return new Sender(voter, NEW, 0, 1);
    }

    private static Sender aware(int voter, long since) {
        return new Sender(voter, NEW, since, 1);
    }

    private static LogEntry after(LogPosition last, long term, EntryType type, Bytes payload) {
        return LogEntry.following(new Hasher(), last.chain(), last.index() + 1, term, type, payload);
    }

    /// The log that a store is formatted with.
    private static List<LogEntry> formatted(int nodes) {
        return List.of(after(LogPosition.ORIGIN, 0, EntryType.CONFIG, Voters.founded(nodes).encode()));
    }

    private static RaftBench started(int self, Digest disk, HardState state, List<LogEntry> log) {
        return new RaftBench(self, new RaftStart(0, disk, 1, state, LogPosition.ORIGIN, null, log));
    }

    /// A node of a store that was just formatted.
    private static RaftBench fresh(int self, Digest disk, int nodes) {
        return started(self, disk, HardState.INITIAL, formatted(nodes));
    }

    /// Leads term 1 by itself; the no-op of its term stands at index 2 and is committed.
    private static RaftBench founder(int nodes) {
        RaftBench founder = fresh(1, disk(1), nodes);
        founder.waits(TIMEOUT);
        founder.syncs();
        assertTrue(founder.raft.isLeader());
        return founder;
    }

    /// Leads term 2 of bound voters; the no-op of its term stands at index 1 and is committed.
    private static RaftBench leader(int nodes) {
        RaftBench leader = node(1, nodes, 1).elected();
        leader.syncs();
        for (int voter = 2; voter <= nodes; voter++) {
            leader.receives(voter, new AppendAccepted(2, 1, 1));
        }
        assertEquals(1, leader.raft.commitIndex());
        leader.sends();
        return leader;
    }

    private static long replaces(RaftBench leader, int voter) {
        assertEquals(Refusal.NONE, leader.raft.replaceRefusal(voter, NEW));
        long index = leader.raft.replaceDisk(leader.now, voter, NEW);
        leader.raft.flush(leader.now);
        return index;
    }

    private static List<Message> to(int voter, List<Sent> sends) {
        return sends.stream().filter(sent -> sent.to() == voter).map(Sent::message).toList();
    }

    /// The indexes of the entries among what was sent to the voter.
    private static List<Long> entriesTo(int voter, List<Sent> sends) {
        List<Long> indexes = new ArrayList<>();
        for (Message message : to(voter, sends)) {
            if (message instanceof AppendEntries append) {
                append.entries().forEach(entry -> indexes.add(entry.index()));
            }
        }
        return indexes;
    }

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
            founder.receives(2, new AppendAccepted(1, 0, 1));
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
            founder.receives(4, new AppendAccepted(1, 0, 1));
            assertEquals(1, founder.raft.membershipIndex());
            founder.receives(2, new AppendAccepted(1, 0, 1));
            assertEquals(3, founder.raft.membershipIndex());
            assertTrue(founder.raft.membership().member(2).isOn(disk(2)));
            assertTrue(founder.raft.membership().member(4).isOn(disk(4)));
        }

        @Test
        @DisplayName("binds one voter when two of them speak from one disk, and goes on")
        void oneDiskForTwo() {
            RaftBench founder = founder(5);
            founder.receives(unaware(2), new AppendAccepted(1, 0, 1));
            founder.receives(unaware(3), new AppendAccepted(1, 0, 1));
            assertTrue(founder.raft.membership().isForming());
            founder.receives(new Sender(4, disk(1), 0, 1), new AppendAccepted(1, 0, 1));
            assertTrue(founder.raft.membership().isForming(), "the founder's own disk");
            founder.receives(4, new AppendAccepted(1, 0, 1));
            assertFalse(founder.raft.membership().member(3).isBound());
            assertFalse(founder.raft.membership().isForming());
        }

        @Test
        @DisplayName("a membership leaves the founder only when its own disk has it")
        void ownDiskFirst() {
            RaftBench founder = founder(3);
            founder.receives(2, new AppendAccepted(1, 0, 1));
            founder.sends();
            founder.receives(2, new AppendRejected(1, 2, 0, 2, 1));
            assertEquals(List.of(2L), entriesTo(2, founder.sends()), "what stands before it");
            founder.receives(2, new AppendAccepted(1, 2, 1));
            founder.waits(HEARTBEAT);
            assertEquals(List.of(), entriesTo(2, founder.sends()));
            founder.syncs();
            assertEquals(List.of(3L), entriesTo(2, founder.sends()));
        }

        @Test
        @DisplayName("once the founder has named a majority it does nothing alone any more")
        void majorityFromThenOn() {
            RaftBench founder = founder(3);
            founder.receives(2, new AppendAccepted(1, 0, 1));
            founder.syncs();
            assertEquals(2, founder.raft.commitIndex());
            founder.receives(2, new AppendAccepted(1, 3, 1));
            assertEquals(3, founder.raft.commitIndex());
        }

        @Test
        @DisplayName("the third voter is bound later, when it is heard")
        void bindsTheThird() {
            RaftBench founder = founder(3);
            founder.receives(2, new AppendAccepted(1, 0, 1));
            founder.syncs();
            founder.receives(3, new AppendAccepted(1, 0, 1));
            assertEquals(3, founder.raft.membershipIndex(), "the first change is not committed yet");
            founder.receives(2, new AppendAccepted(1, 3, 1));
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
        before.receives(2, new AppendAccepted(1, 0, 1));
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

    // ---- votes ---------------------------------------------------------------------------------------------

    /// A candidate that has asked for votes of term 3; its log says at index 1 that voter 3 has a new disk.
    private static RaftBench candidate() {
        Membership replaced = Voters.bound(3).replace(3, NEW, 1);
        RaftBench candidate = new RaftBench(1, new RaftStart(
                0, disk(1), 1, new HardState(2, 0), LogPosition.ORIGIN, Voters.bound(3),
                List.of(after(LogPosition.ORIGIN, 2, EntryType.CONFIG, replaced.encode()))));
        candidate.waits(TIMEOUT);
        return candidate;
    }

    @Test
    @DisplayName("votes count from the bound disk only, and from a replacement only when its log holds the entry")
    void votes() {
        RaftBench candidate = candidate();
        candidate.receives(sender(3), new PreVoteReply(2, 3, true));
        candidate.receives(unaware(3), new PreVoteReply(2, 3, true));
        assertEquals(2, candidate.raft.term(), "no pre-vote that counts");
        candidate.receives(aware(3, 1), new PreVoteReply(2, 3, true));
        candidate.syncs();
        assertEquals(3, candidate.raft.term());
        candidate.receives(sender(3), new VoteReply(3, true));
        candidate.receives(unaware(3), new VoteReply(3, true));
        assertFalse(candidate.raft.isLeader());
        candidate.receives(aware(3, 1), new VoteReply(3, true));
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
            founder.receives(2, new AppendAccepted(1, 0, 1));
            founder.syncs();
            founder.receives(2, new AppendAccepted(1, 3, 1));
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
            leader.receives(2, new AppendAccepted(2, 2, 1));
            leader.receives(3, new AppendAccepted(2, 2, 1));
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
            leader.receives(3, new AppendAccepted(2, index, 1));
            assertEquals(0, leader.raft.matchIndex(3));
            assertEquals(1, leader.raft.commitIndex());
            leader.receives(2, new AppendAccepted(2, index, 1));
            assertEquals(index, leader.raft.commitIndex());
        }

        @Test
        @DisplayName("is committed by a majority of all voters without the new disk")
        void majorityOfTheOthers() {
            RaftBench leader = leader(5);
            long index = replaces(leader, 5);
            leader.syncs();
            leader.receives(2, new AppendAccepted(2, index, 1));
            leader.receives(unaware(5), new AppendAccepted(2, index - 1, 1));
            leader.receives(sender(5), new AppendAccepted(2, index, 1));
            assertEquals(1, leader.raft.commitIndex());
            leader.receives(4, new AppendAccepted(2, index, 1));
            assertEquals(index, leader.raft.commitIndex());
        }

        @Test
        @DisplayName("tells the new disk nothing before the entry is committed, and then everything")
        void nothingBeforeCommit() {
            RaftBench leader = leader(3);
            long index = replaces(leader, 3);
            leader.syncs();
            leader.waits(HEARTBEAT);
            leader.receives(unaware(3), new AppendRejected(2, 0, 0, 1, 1));
            leader.raft.propose(leader.now, Bytes.utf8("x"));
            leader.waits(HEARTBEAT);
            List<Sent> sends = leader.sends();
            assertEquals(List.of(), to(3, sends));
            assertFalse(to(2, sends).isEmpty());
            leader.receives(2, new AppendAccepted(2, index, 2));
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
            leader.receives(unaware(3), new AppendAccepted(2, index - 1, 1));
            assertEquals(1, leader.raft.commitIndex());
            assertEquals(List.of(1), leader.raft.syncedBy(index - 1));
        }

        @Test
        @DisplayName("the new disk counts when it holds the entry")
        void countsInTheEnd() {
            RaftBench leader = leader(3);
            long index = replaces(leader, 3);
            leader.syncs();
            leader.receives(2, new AppendAccepted(2, index, 1));
            long next = leader.raft.propose(leader.now, Bytes.utf8("x"));
            leader.raft.flush(leader.now);
            leader.syncs();
            leader.receives(aware(3, index), new AppendAccepted(2, next, 2));
            assertEquals(next, leader.raft.commitIndex());
        }

        @Test
        @DisplayName("a new disk that does not hold the entry confirms neither reads nor that the leader still leads")
        void noWitness() {
            RaftBench leader = leader(3);
            long index = replaces(leader, 3);
            leader.syncs();
            leader.receives(2, new AppendAccepted(2, index, 1));
            leader.raft.read(leader.now, 7);
            leader.raft.flush(leader.now);
            leader.receives(unaware(3), new AppendAccepted(2, 0, 9));
            assertEquals(List.of(), leader.reads);
            leader.waits(TIMEOUT / 2);
            leader.receives(unaware(3), new AppendAccepted(2, 0, 9));
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
            leader.receives(2, new AppendAccepted(2, index, 1));
            leader.raft.read(leader.now, 7);
            leader.raft.flush(leader.now);
            leader.receives(aware(3, index), new AppendAccepted(2, index, 9));
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
            leader.receives(2, new AppendAccepted(2, index, 1));
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
        leader.receives(2, new AppendAccepted(2, index, 1));
        leader.raft.compactTo(index);
        assertEquals(Voters.bound(3).replace(3, NEW, index), leader.raft.membershipAt(index));
        assertEquals(leader.raft.membershipAt(index), leader.raft.membership());
    }
}
