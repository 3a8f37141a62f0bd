package holdfast.raft;

import static holdfast.raft.RaftBench.HEARTBEAT;
import static holdfast.raft.RaftBench.TIMEOUT;
import static holdfast.raft.RaftBench.log;
import static holdfast.raft.RaftBench.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.raft.Message.AppendAccepted;
import holdfast.raft.Message.AppendEntries;
import holdfast.raft.Message.AppendRejected;
import holdfast.raft.Message.ReadIndexReply;
import holdfast.raft.Message.ReadIndexRequest;
import holdfast.raft.Message.TimeoutNow;
import holdfast.raft.Message.VoteRequest;
import holdfast.raft.RaftBench.Sent;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// One test per claim of the thesis (Ongaro 2014) about leading, handing over and reading, and of §7 of the paper.
class RaftThesisTest {

    @Test
    @DisplayName("a leader without a majority for an election timeout steps down")
    void checkQuorum() {
        RaftBench leader = node(1, 3, 1).elected();
        leader.waits(TIMEOUT + 1);
        assertFalse(leader.raft.isLeader());
    }

    @Test
    @DisplayName("a leader whose disk hangs steps down although followers answer")
    void stalledDisk() {
        RaftBench leader = node(1, 3, 1).elected();
        for (int i = 0; i < 12 && leader.raft.isLeader(); i++) {
            leader.waits(HEARTBEAT);
            leader.receives(2, new AppendAccepted(2, 1, 1, i));
            leader.receives(3, new AppendAccepted(2, 1, 1, i));
        }
        assertFalse(leader.raft.isLeader());
    }

    @Test
    @DisplayName("a read waits for the first commit of the term, then for a round that began after it")
    void readIndex() {
        RaftBench leader = node(1, 3, 1).elected();
        leader.raft.read(leader.now, 77);
        leader.syncs();
        leader.receives(2, new AppendAccepted(2, 0, 0, 1));
        assertEquals(List.of(), leader.reads);
        leader.receives(2, new AppendAccepted(2, 1, 1, 1));
        assertEquals(1, leader.raft.commitIndex());
        assertEquals(List.of(), leader.reads, "round 1 began before the read could be given an index");
        leader.receives(2, new AppendAccepted(2, 1, 1, 2));
        assertEquals(List.of("ready 77 at 1"), leader.reads);
    }

    @Test
    @DisplayName("a follower asks its leader, and a deposed leader refuses")
    void followerRead() {
        RaftBench follower = node(1, 3, 2);
        follower.receives(2, new AppendEntries(2, LogPosition.ORIGIN, List.of(), 0, 1));
        follower.sends();
        follower.raft.read(follower.now, 5);
        assertEquals(List.of(new Sent(2, new ReadIndexRequest(2, 5))), follower.sends());
        follower.receives(2, new ReadIndexReply(2, 5, 12));
        assertEquals(List.of("ready 5 at 12"), follower.reads);
        follower.receives(3, new ReadIndexRequest(2, 8));
        assertEquals(new Sent(3, new ReadIndexReply(2, 8, ReadIndexReply.REFUSED)), follower.sends().getLast());
    }

    @Test
    @DisplayName("thesis §3.10: transfer stops proposals, waits for the log, then asks for an election")
    void transfer() {
        RaftBench leader = node(1, 3, 1).elected();
        assertTrue(leader.raft.transferTo(leader.now, 2));
        assertEquals(Raft.Refusal.TRANSFERRING, leader.raft.refusal());
        leader.sends();
        leader.receives(2, new AppendAccepted(2, 1, 1, 1));
        assertTrue(leader.sends().contains(new Sent(2, new TimeoutNow(2))));
        RaftBench target = node(2, 3, 2);
        target.receives(1, new TimeoutNow(2));
        target.syncs();
        assertEquals(new Sent(1, new VoteRequest(3, 0, 0, true)), target.sends().getFirst());
    }

    @Test
    @DisplayName("§7: a follower whose next entry is gone is sent a snapshot")
    void snapshotNeeded() {
        RaftBench leader = node(1, 3, 1).elected();
        leader.syncs();
        leader.raft.propose(leader.now, Bytes.utf8("x"));
        leader.raft.flush(leader.now);
        leader.syncs();
        leader.beats(1);
        leader.receives(3, new AppendAccepted(2, 2, 2, 2));
        leader.raft.compactTo(2);
        leader.receives(2, new AppendRejected(2, 0, 0, 1, 2));
        leader.waits(HEARTBEAT);
        assertEquals(List.of(2), leader.snapshotsAsked);
    }

    /// The leader looked up the term of what it had forgotten while the answer was under way, and ended ("an entry held in
    /// memory"). Found by the simulator as seeds 5365 and 6174.
    @Test
    @DisplayName("§5.3, §7: a rejection that the leader has compacted meanwhile leads to a snapshot, whatever it says")
    void rejectionFromBelowTheLog() {
        for (AppendRejected answer : List.of(
                new AppendRejected(2, 4, 3, 1, 2), new AppendRejected(2, 4, 4, 1, 2), new AppendRejected(2, 4, 3, 0, 2))) {
            RaftBench leader = node(1, 3, 1, 1, 1, 1, 1).elected();
            leader.syncs();
            leader.beats(1);
            leader.receives(3, new AppendAccepted(2, 5, 5, 2));
            leader.raft.compactTo(5);
            leader.receives(2, answer);
            leader.waits(HEARTBEAT);
            assertEquals(List.of(2), leader.snapshotsAsked, answer.toString());
        }
    }
}
