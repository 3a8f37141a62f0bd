package holdfast.node;

import static holdfast.node.NodeBench.append;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Digest;
import holdfast.node.ClientReply.Cause;
import holdfast.node.ClientRequest.ReplaceDisk;
import holdfast.node.ClientRequest.Write;
import holdfast.raft.Message;
import holdfast.raft.Voters;
import holdfast.stream.Command;
import holdfast.wal.Snapshot;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What an operator is told who says that a disk is lost. Node 1 leads term 1 and has committed index 2.
class ReplaceDiskTest {

    private static final Digest NEW = new Digest(9, 9);
    private static final Digest OTHER = new Digest(9, 8);

    private final NodeBench leader = NodeBench.started(1).leads(1);

    ReplaceDiskTest() {
        acknowledged(2);
    }

    private void acknowledged(long index) {
        leader.receives(2, new Message.AppendAccepted(1, index, index, 1)).works().effects();
        assertEquals(index, leader.replica().raft().commitIndex());
    }

    private void refuses(Cause cause, int hint, NodeBench node, ReplaceDisk replace) {
        long before = node.last().index();
        node.effects();
        node.asked(9, replace);
        assertTrue(node.effects().contains(new Effect.Answer(9, new ClientReply.NotWritten(cause, hint))), cause::name);
        assertEquals(before, node.last().index());
    }

    @Test
    @DisplayName("it is answered when the entry that says so is committed, and not before")
    void replaced() {
        leader.asked(7, new ReplaceDisk(3, NEW)).works();
        assertFalse(leader.said().stream().anyMatch(words -> words.startsWith("answer")));
        assertEquals(NEW, leader.replica().raft().membership().member(3).disk());
        leader.receives(2, new Message.AppendAccepted(1, 3, 3, 1));
        assertEquals(new Effect.Answer(7, new ClientReply.DiskReplaced(3)), leader.effects().getFirst());
    }

    @Test
    @DisplayName("asked again it is answered with the same entry, and nothing is written")
    void idempotent() {
        leader.asked(7, new ReplaceDisk(3, NEW)).works();
        acknowledged(3);
        leader.asked(8, new ReplaceDisk(3, NEW));
        assertEquals(new Effect.Answer(8, new ClientReply.DiskReplaced(3)), leader.effects().getFirst());
        assertEquals(3, leader.last().index());
    }

    @Test
    @DisplayName("a voter's first disk is in its place since ever")
    void firstDisk() {
        leader.asked(7, new ReplaceDisk(2, Voters.disk(2)));
        assertEquals(new Effect.Answer(7, new ClientReply.DiskReplaced(0)), leader.effects().getFirst());
        assertEquals(2, leader.last().index());
    }

    @Test
    @DisplayName("it is refused while another change is not committed, also that very one")
    void changing() {
        leader.asked(7, new ReplaceDisk(3, NEW));
        refuses(Cause.CHANGING, 1, leader, new ReplaceDisk(2, OTHER));
        refuses(Cause.CHANGING, 1, leader, new ReplaceDisk(3, NEW));
    }

    @Test
    @DisplayName("what cannot be replaced is a bad request")
    void badRequests() {
        refuses(Cause.BAD_REQUEST, 1, leader, new ReplaceDisk(1, NEW));
        refuses(Cause.BAD_REQUEST, 1, leader, new ReplaceDisk(4, NEW));
        refuses(Cause.BAD_REQUEST, 1, leader, new ReplaceDisk(2, Voters.disk(3)));
        refuses(Cause.BAD_REQUEST, 1, leader, new ReplaceDisk(2, Digest.ZERO));
    }

    @Test
    @DisplayName("only the leader takes it, who is named")
    void notLeader() {
        NodeBench follower = NodeBench.started(2);
        refuses(Cause.NOT_LEADER, 0, follower, new ReplaceDisk(3, NEW));
        refuses(Cause.NOT_LEADER, 0, follower, new ReplaceDisk(2, Voters.disk(2)));
        follower.receives(1, new Message.AppendEntries(1, follower.last(), List.of(), 0, 1)).works();
        refuses(Cause.NOT_LEADER, 1, follower, new ReplaceDisk(3, NEW));
    }

    @Test
    @DisplayName("it is refused during a transfer, and when too many wait already")
    void busy() {
        for (long request = 1; request <= 3; request++) {
            leader.asked(request, new Write(new Command.Create("s")));
        }
        refuses(Cause.OVERLOADED, 1, leader, new ReplaceDisk(3, NEW));
        leader.asked(4, new ClientRequest.TransferLeadership(2));
        refuses(Cause.TRANSFERRING, 1, leader, new ReplaceDisk(3, NEW));
    }

    @Test
    @DisplayName("a store that is being formed takes neither that nor a write")
    void forming() {
        NodeBench founder = new NodeBench(1, 1, Voters.founded(3)).works();
        founder.passes(2 * NodeBench.ELECTION).works();
        assertTrue(founder.replica().raft().isLeader());
        refuses(Cause.FORMING, 1, founder, new ReplaceDisk(2, NEW));
        founder.asked(7, new Write(new Command.Create("s")));
        assertEquals(
                List.of(new Effect.Answer(7, new ClientReply.NotWritten(Cause.FORMING, 1))), founder.effects());
    }

    @Test
    @DisplayName("a leader that is deposed meanwhile does not know")
    void deposed() {
        leader.asked(7, new ReplaceDisk(3, NEW)).effects();
        leader.receives(2, new Message.AppendRejected(5, 2, 0, 0, 0));
        assertEquals(
                new Effect.Answer(7, new ClientReply.Unknown(Cause.LEADERSHIP_LOST, 0)), leader.effects().getFirst());
    }

    @Test
    @DisplayName("a snapshot says what its end says of the voters, and the next process goes on with that")
    void snapshot() {
        leader.asked(7, new ReplaceDisk(3, NEW)).works();
        acknowledged(3);
        leader.asked(8, new Write(new Command.Create("s"))).works();
        acknowledged(4);
        for (long index = 5; index < 15; index++) {
            leader.asked(index, new Write(append("x".repeat(900)))).works();
            acknowledged(index);
        }
        Snapshot latest = leader.replica().snapshots().latest();
        assertNotNull(latest);
        assertEquals(Voters.bound(3).members().get(1), latest.membership().member(2));
        assertEquals(NEW, latest.membership().member(3).disk());
        assertEquals(3, latest.membership().member(3).since());
        leader.boot();
        leader.works();
        assertTrue(leader.replica().raft().base().index() > 3);
        assertEquals(latest.membership(), leader.replica().raft().membership());
    }
}
