package holdfast.raft;

import static holdfast.raft.RaftBench.HEARTBEAT;
import static holdfast.raft.RaftBench.end;
import static holdfast.raft.RaftBench.log;
import static holdfast.raft.RaftBench.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.Hasher;
import holdfast.raft.Message.AppendAccepted;
import holdfast.raft.Message.AppendEntries;
import holdfast.raft.Message.AppendRejected;
import holdfast.raft.Message.InstallSnapshot;
import holdfast.raft.Message.InstallSnapshotReply;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Indexes, terms and hashes that another node says lead nowhere but into this node's own log. None of them ends a node.
class ForeignNumbersTest {

    private static final long FAR = Long.MAX_VALUE;
    private static final Digest FAR_DISK = new Digest(9, 9);

    // ---- at the leader -------------------------------------------------------------------------------------

    @Nested
    @DisplayName("a leader of term 4 with six entries, the first four of which a snapshot covers")
    class Compacted {

        private final RaftBench leader = compacted();

        /// Node 3 has everything, node 2 was never heard.
        private static RaftBench compacted() {
            RaftBench leader = node(1, 3, 3, 1, 1, 2, 2, 3).elected();
            leader.syncs();
            leader.receives(3, new AppendAccepted(4, 6, 6, 1));
            assertEquals(6, leader.raft.commitIndex());
            leader.raft.compactTo(4);
            leader.sends();
            return leader;
        }

        private void offersASnapshot() {
            leader.waits(HEARTBEAT);
            assertEquals(List.of(2), leader.snapshotsAsked);
            assertTrue(leader.raft.needsSnapshot(2));
        }

        private long probes() {
            leader.waits(HEARTBEAT);
            List<RaftBench.Sent> toTwo = leader.sends().stream().filter(sent -> sent.to() == 2).toList();
            return assertInstanceOf(AppendEntries.class, toTwo.getLast().message()).previous().index();
        }

        @Test
        @DisplayName("answers a rejection from before the compaction, whose hint lies below its log, with a snapshot")
        void hintBelowTheBase() {
            leader.receives(2, new AppendRejected(4, 5, 2, 3, 1));
            leader.receives(2, new AppendRejected(4, 4, 1, 1, 1));
            offersASnapshot();
        }

        @Test
        @DisplayName("takes no second look at a probe that the compaction has overtaken")
        void probeBelowTheBase() {
            RaftBench young = node(1, 3, 3, 1, 1, 2, 2, 3).elected();
            young.syncs();
            young.receives(2, new AppendRejected(4, 5, 1, 3, 1));
            young.receives(3, new AppendAccepted(4, 6, 6, 1));
            young.raft.compactTo(4);
            young.receives(2, new AppendRejected(4, 2, 2, 2, 1));
            young.waits(HEARTBEAT);
            assertEquals(List.of(2), young.snapshotsAsked);
        }

        @Test
        @DisplayName("never probes beyond what was rejected, whatever the hint")
        void hintBeyondTheProbe() {
            leader.receives(2, new AppendRejected(4, 5, 0, FAR, 1));
            assertEquals(4, probes());
            leader.receives(2, new AppendRejected(4, 4, 2, 4, 1));
            offersASnapshot();
        }

        @Test
        @DisplayName("never stands still at a rejection that names the leader's own term")
        void hintOfTheOwnTerm() {
            leader.receives(2, new AppendRejected(4, 5, 3, FAR, 1));
            assertEquals(4, probes());
        }

        @Test
        @DisplayName("drops answers about entries that its log does not have")
        void beyondTheEnd() {
            leader.receives(2, new AppendAccepted(4, 7, 7, 9));
            leader.receives(2, new AppendRejected(4, FAR, 0, FAR, 9));
            leader.receives(2, new InstallSnapshotReply(4, FAR, 0, FAR, true, 1));
            assertEquals(0, leader.raft.matchIndex(2));
            assertEquals(5, probes());
        }

        @Test
        @DisplayName("takes no answer to a broadcast that has not begun: it would confirm every read to come")
        void roundsToCome() {
            leader.waits(HEARTBEAT);
            long round = leader.round();
            leader.receives(3, new AppendAccepted(4, 6, 6, round + 1));
            leader.receives(3, new AppendRejected(4, 6, 0, 6, FAR));
            leader.receives(3, new InstallSnapshotReply(4, 6, 0, 0, false, FAR));
            leader.raft.read(leader.now, 7);
            leader.raft.flush(leader.now);
            leader.receives(3, new AppendAccepted(4, 6, 6, round));
            assertEquals(List.of(), leader.reads);
            leader.receives(3, new AppendAccepted(4, 6, 6, leader.round()));
            assertEquals(List.of("ready 7 at 6"), leader.reads);
        }

        @Test
        @DisplayName("goes on leading when somebody else speaks as the leader of its term")
        void twoLeaders() {
            leader.waits(HEARTBEAT);
            leader.sends();
            leader.receives(2, new AppendEntries(4, LogPosition.ORIGIN, List.of(), 0, 1));
            leader.receives(2, new InstallSnapshot(
                    4, end(1, 1), 0, 1, Message.Piece.IMAGE, Bytes.EMPTY, 1));
            assertTrue(leader.raft.isLeader());
            assertEquals(List.of(), leader.sends());
        }

        @Test
        @DisplayName("is not led below zero")
        void negative() {
            leader.receives(2, new AppendAccepted(4, -FAR, -FAR, 1));
            leader.receives(2, new AppendRejected(4, -FAR, -FAR, -FAR, 1));
            leader.receives(2, new AppendRejected(4, 5, -FAR, -FAR, 1));
            leader.receives(2, new InstallSnapshotReply(4, -FAR, -1, -FAR, true, 1));
            assertEquals(0, leader.raft.matchIndex(2));
        }
    }

    // ---- at the follower -----------------------------------------------------------------------------------

    private static LogEntry entry(LogPosition before, long term, String text) {
        return LogEntry.following(
                new Hasher(), before.chain(), before.index() + 1, term, EntryType.COMMAND, Bytes.utf8(text));
    }

    private static RaftBench follower() {
        RaftBench follower = node(1, 3, 3, 1, 1, 2, 2);
        follower.receives(2, new AppendEntries(3, end(1, 1), List.of(), 2, 1));
        assertEquals(2, follower.raft.commitIndex());
        follower.sends();
        return follower;
    }

    @Test
    @DisplayName("a term that no cluster reaches is not adopted, whoever says it: a message raises the own one by 2^32 at most")
    void termsFarAhead() {
        RaftBench follower = follower();
        long far = 1L << 61;
        long term = 3;
        for (Message message : List.of(
                new AppendEntries(far, LogPosition.ORIGIN, List.of(), 0, 1), new Message.VoteRequest(far, 9, 9, true),
                new Message.VoteReply(far, false), new AppendRejected(far, 0, 0, 0, 0), new Message.TimeoutNow(far))) {
            follower.receives(2, message);
            term += 1L << 32;
            assertEquals(term, follower.raft.term(), message.toString());
            assertEquals(Follower.UNKNOWN, follower.raft.leader());
        }
        follower.receives(2, new Message.PreVoteRequest(far, 9, 9));
        assertEquals(term, follower.raft.term());
    }

    @Test
    @DisplayName("a follower goes on following the leader of its term when somebody else speaks as such")
    void twoLeaders() {
        RaftBench follower = follower();
        follower.receives(3, new AppendEntries(3, end(1, 1), List.of(entry(end(1, 1), 3, "x")), 3, 9));
        assertEquals(2, follower.raft.leader());
        assertEquals(end(1, 1, 2, 2), follower.raft.last());
        follower.raft.read(follower.now, 7);
        follower.receives(3, new Message.ReadIndexReply(3, 7, 1));
        assertEquals(List.of(), follower.reads);
        follower.receives(2, new Message.ReadIndexReply(3, 7, 2));
        assertEquals(List.of("ready 7 at 2"), follower.reads);
    }

    @Test
    @DisplayName("an entry that this node could not apply, or a membership that is none of its store's, is not written")
    void unusable() {
        LogPosition last = end(1, 1, 2, 2);
        Bytes early = Voters.bound(3).replace(2, FAR_DISK, 6).encode();
        for (Bytes payload : List.of(RaftBench.UNUSABLE, Bytes.utf8("?"), Voters.bound(5).encode(), early)) {
            EntryType type = payload.equals(RaftBench.UNUSABLE) ? EntryType.COMMAND : EntryType.CONFIG;
            LogEntry entry = LogEntry.following(new Hasher(), last.chain(), 5, 3, type, payload);
            RaftBench follower = follower();
            follower.receives(2, new AppendEntries(3, last, List.of(entry), 5, 2));
            assertEquals(last, follower.raft.last());
            assertEquals(4, follower.raft.commitIndex());
        }
    }

    @Test
    @DisplayName("an entry that would replace a committed one is not taken")
    void committedStays() {
        RaftBench follower = follower();
        follower.receives(2, new AppendEntries(3, end(1), List.of(entry(end(1), 3, "x")), 2, 2));
        assertEquals(end(1, 1, 2, 2), follower.raft.last());
    }

    @Test
    @DisplayName("an entry that cannot stand where it wants to costs none of those that do")
    void nothingIsCutInVain() {
        LogPosition before = end(1, 1);
        LogEntry good = entry(before, 3, "x");
        LogEntry forged = new LogEntry(3, 3, EntryType.COMMAND, Bytes.utf8("y"), good.hash(), good.chain());
        for (LogEntry wrong : List.of(forged, entry(before, 0, "x"), entry(before, 4, "x"))) {
            RaftBench follower = follower();
            follower.receives(2, new AppendEntries(3, before, List.of(wrong), 2, 2));
            assertEquals(end(1, 1, 2, 2), follower.raft.last());
            follower.receives(2, new AppendEntries(3, before, List.of(good), 2, 3));
            assertEquals(LogPosition.of(good), follower.raft.last());
        }
    }

    @Test
    @DisplayName("a position with another history behind it is neither matched nor answered")
    void forked() {
        RaftBench follower = follower();
        LogPosition forked = new LogPosition(4, 2, Digest.ZERO);
        follower.receives(2, new AppendEntries(3, forked, List.of(entry(forked, 3, "x")), 5, 2));
        assertEquals(List.of(), follower.sends());
        assertEquals(end(1, 1, 2, 2), follower.raft.last());
        LogEntry twin = new LogEntry(3, 2, EntryType.COMMAND, Bytes.EMPTY, Digest.ZERO, Digest.ZERO);
        follower.receives(2, new AppendEntries(3, end(1, 1), List.of(twin), 5, 3));
        assertEquals(2, follower.raft.commitIndex());
    }

    @Test
    @DisplayName("a place beyond the end, or before the beginning, is rejected or matches nothing")
    void nowhere() {
        RaftBench follower = follower();
        follower.receives(2, new AppendEntries(3, new LogPosition(FAR, 3, Digest.ZERO), log(1), FAR, 2));
        assertInstanceOf(AppendRejected.class, follower.sends().getLast().message());
        follower.receives(2, new AppendEntries(3, new LogPosition(-1, 3, Digest.ZERO), List.of(), FAR, 3));
        assertEquals(2, follower.raft.commitIndex());
        assertEquals(end(1, 1, 2, 2), follower.raft.last());
    }

    // ---- terms ---------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a node that is terms behind, as a new disk is, follows its leader in the end, whatever the term")
    void farBehind() {
        long far = 5L << 32;
        RaftBench fresh = node(2, 3, 0, 1);
        for (int i = 0; i < 6; i++) {
            fresh.receives(1, new AppendEntries(far, end(1), List.of(), 1, 1));
            fresh.syncs();
        }
        assertEquals(far, fresh.raft.term());
        assertEquals(1, fresh.raft.commitIndex());
    }

    @Test
    @DisplayName("a leader that others have overtaken by many terms is deposed, and leads again beyond them")
    void overtaken() {
        long far = 3L << 32;
        RaftBench leader = node(1, 3, 1, 1).elected();
        leader.syncs();
        for (int i = 0; i < 5; i++) {
            leader.receives(2, new AppendRejected(far, 0, 0, 0, Message.NO_ROUND));
            leader.syncs();
        }
        assertEquals(far, leader.raft.term());
        leader.elected();
        assertTrue(leader.raft.isLeader());
        assertEquals(far + 1, leader.raft.term());
    }
}
