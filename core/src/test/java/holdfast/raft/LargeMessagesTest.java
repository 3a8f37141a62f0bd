package holdfast.raft;

import static holdfast.raft.RaftBench.HEARTBEAT;
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
import holdfast.raft.Message.PreVoteRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Small messages do not wait behind large ones: what follows from that, and from the bytes of a message that is not whole.
class LargeMessagesTest {

    private static final Bytes LARGE = Bytes.wrap(new byte[Replication.LARGE_BYTES + 1]);
    private static final Bytes OVERSIZE = Bytes.wrap(new byte[RaftBench.MESSAGE_BYTES + 1]);
    private static final Bytes SMALL = Bytes.utf8("small");

    /// Node 2 of three, following node 1 in term 2 with a log of one entry, all durable.
    private static RaftBench follower() {
        RaftBench follower = node(2, 3, 2);
        follower.receives(1, new AppendEntries(2, LogPosition.ORIGIN, log(2), 0, 1));
        follower.syncs();
        follower.sends();
        return follower;
    }

    /// A heartbeat that names the second entry, which has not arrived.
    private static AppendEntries overtaking(long round) {
        return new AppendEntries(2, end(2, 2), List.of(), 1, round);
    }

    private static Message only(List<RaftBench.Sent> sent) {
        assertEquals(1, sent.size(), sent.toString());
        return sent.getFirst().message();
    }

    // ---- the follower's side -------------------------------------------------------------------------------

    @Test
    @DisplayName("bytes of its leader postpone the election of a follower, and nobody else's do")
    void postpones() {
        RaftBench follower = follower();
        long heard = follower.now;
        follower.now = heard + TIMEOUT - 1;
        follower.raft.onArriving(follower.now, 3);
        assertEquals(heard + TIMEOUT, follower.raft.nextDeadline());
        follower.raft.onArriving(follower.now, 1);
        assertEquals(heard + 2 * TIMEOUT - 1, follower.raft.nextDeadline());
        follower.waits(TIMEOUT);
        assertInstanceOf(PreVoteRequest.class, follower.sends().getFirst().message());
    }

    @Test
    @DisplayName("bytes protect no leader from the votes of others, and make nobody a follower")
    void protectsNobody() {
        RaftBench follower = follower();
        follower.now += TIMEOUT - 1;
        follower.raft.onArriving(follower.now, 1);
        follower.now += 1;
        follower.receives(3, new PreVoteRequest(3, 1, 2));
        assertTrue(((Message.PreVoteReply) only(follower.sends())).granted());

        RaftBench candidate = node(2, 3, 2);
        candidate.waits(TIMEOUT);
        long deadline = candidate.raft.nextDeadline();
        candidate.now += 5;
        candidate.raft.onArriving(candidate.now, 1);
        assertEquals(deadline, candidate.raft.nextDeadline());
        assertEquals(0, candidate.raft.leader());
    }

    @Test
    @DisplayName("bytes of a follower do not keep a leader in office and confirm no read")
    void confirmsNothing() {
        RaftBench leader = node(1, 3, 1).elected();
        leader.syncs();
        leader.receives(2, new AppendAccepted(2, 1, 1, 1));
        leader.raft.read(leader.now, 7);
        leader.raft.flush(leader.now);
        for (long until = leader.now + TIMEOUT; leader.now < until;) {
            leader.waits(HEARTBEAT);
            leader.raft.onArriving(leader.now, 2);
            leader.raft.onArriving(leader.now, 3);
        }
        assertFalse(leader.raft.isLeader());
        assertEquals(List.of("failed 7"), leader.reads);
    }

    @Test
    @DisplayName("a heartbeat that has overtaken entries whose bytes arrive is acknowledged, with what is there")
    void overtaken() {
        RaftBench follower = follower();
        follower.raft.onArriving(follower.now, 1);
        follower.receives(1, overtaking(2));
        assertEquals(new AppendAccepted(2, 1, 1, 2), only(follower.sends()));
        assertEquals(1, follower.raft.commitIndex());
    }

    @Test
    @DisplayName("without such bytes, or when they have stopped, the entries are missing")
    void missing() {
        RaftBench follower = follower();
        follower.receives(1, overtaking(2));
        assertInstanceOf(AppendRejected.class, only(follower.sends()));

        follower.raft.onArriving(follower.now, 1);
        follower.now += TIMEOUT;
        follower.receives(1, overtaking(3));
        assertInstanceOf(AppendRejected.class, only(follower.sends()));
    }

    @Test
    @DisplayName("once entries have come, what a heartbeat names beyond them is missing again")
    void arrived() {
        RaftBench follower = follower();
        follower.raft.onArriving(follower.now, 1);
        follower.receives(1, new AppendEntries(2, end(2), log(2, 2).subList(1, 2), 0, 2));
        follower.syncs();
        follower.sends();
        follower.receives(1, new AppendEntries(2, end(2, 2, 2), List.of(), 0, 3));
        assertInstanceOf(AppendRejected.class, only(follower.sends()));
    }

    @Test
    @DisplayName("entries that do not follow are rejected whatever arrives: they are lost, and must come again")
    void entriesAreNeverExcused() {
        RaftBench follower = follower();
        follower.raft.onArriving(follower.now, 1);
        follower.receives(1, new AppendEntries(2, end(2, 2), log(2, 2, 2).subList(2, 3), 0, 2));
        assertInstanceOf(AppendRejected.class, only(follower.sends()));
    }

    // ---- the leader's side ---------------------------------------------------------------------------------

    /// Leader of term 2, whose follower 2 has its first entry; nothing is in flight to it.
    private static RaftBench leader() {
        RaftBench leader = node(1, 3, 1).elected();
        leader.syncs();
        leader.receives(2, new AppendAccepted(2, 1, 1, 1));
        leader.sends();
        return leader;
    }

    private static List<Integer> sizesTo(int node, RaftBench leader) {
        return leader.sends().stream()
                .filter(sent -> sent.to() == node && sent.message() instanceof AppendEntries)
                .map(sent -> ((AppendEntries) sent.message()).entries().size())
                .toList();
    }

    private static void propose(RaftBench leader, Bytes payload) {
        leader.raft.propose(leader.now, payload);
        leader.raft.flush(leader.now);
    }

    @Test
    @DisplayName("small entries wait until the large ones before them are answered; large ones follow large ones")
    void smallWaitBehindLarge() {
        RaftBench leader = leader();
        propose(leader, LARGE);
        assertEquals(List.of(1), sizesTo(2, leader));
        propose(leader, SMALL);
        assertEquals(List.of(), sizesTo(2, leader), "they would overtake");
        leader.receives(2, new AppendAccepted(2, 2, 2, 1));
        assertEquals(List.of(1), sizesTo(2, leader));

        propose(leader, LARGE);
        propose(leader, LARGE);
        assertEquals(List.of(1, 1), sizesTo(2, leader));
    }

    @Test
    @DisplayName("an entry larger than a message may be goes alone: what is under way is bounded in bytes, too")
    void oversizeGoesAlone() {
        RaftBench leader = leader();
        propose(leader, OVERSIZE);
        assertEquals(List.of(1), sizesTo(2, leader));
        propose(leader, OVERSIZE);
        propose(leader, LARGE);
        assertEquals(List.of(), sizesTo(2, leader));
        leader.receives(2, new AppendAccepted(2, 2, 2, 1));
        assertEquals(List.of(1), sizesTo(2, leader));
        leader.receives(2, new AppendAccepted(2, 3, 3, 1));
        assertEquals(List.of(1), sizesTo(2, leader));
        propose(leader, OVERSIZE);
        assertEquals(List.of(), sizesTo(2, leader), "not beside a large one either");
    }

    @Test
    @DisplayName("a large message is no probe: heartbeats would say it again and again")
    void probesAreSmall() {
        RaftBench leader = leader();
        propose(leader, LARGE);
        leader.sends();
        leader.receives(2, new AppendRejected(2, 2, 0, 2, 1));
        for (int i = 0; i < 5; i++) {
            leader.waits(HEARTBEAT);
            leader.receives(3, new AppendAccepted(2, 1, 1, 2 + i));
        }
        assertTrue(sizesTo(2, leader).stream().allMatch(size -> size == 0));
        leader.receives(2, new AppendAccepted(2, 1, 1, 5));
        assertEquals(List.of(1), sizesTo(2, leader), "what was lost is sent once");
    }
}
