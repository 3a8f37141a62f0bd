package holdfast.node;

import static holdfast.node.NodeBench.append;
import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.node.ClientReply.Cause;
import holdfast.node.ClientRequest.Write;
import holdfast.raft.Message;
import holdfast.stream.Command;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// How a node behaves as a whole, told effect by effect.
class ReplicaTest {

    private static final String WAL = "wal-0000000002.log";

    private final NodeBench one = NodeBench.started(1);
    private final NodeBench two = NodeBench.started(2);
    private final NodeBench three = NodeBench.started(3);

    private NodeBench node(int id) {
        return List.of(one, two, three).get(id - 1);
    }

    /// Hands over what `from` has sent to others; returns its telling.
    private List<String> deliver(NodeBench from) {
        List<Effect> effects = from.effects();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Send send) {
                node(send.to()).receives(from.id, send.message());
            }
        }
        return effects.stream().map(NodeBench::words).toList();
    }

    /// How long a commit waits for something that takes it along.
    private static final long COMMIT_MICROS = 1_000;

    /// Node 1 leads term 1 and has committed index 2, its first entry, everywhere.
    private void startTerm() {
        one.receives(2, new Message.TimeoutNow(0)).works();
        two.effects();
        three.effects();
        for (int rounds = 0; rounds < 8; rounds++) {
            deliver(one);
            two.works();
            three.works();
            deliver(two);
            deliver(three);
            one.works().passes(COMMIT_MICROS);
        }
        List.of(one, two, three).forEach(NodeBench::telling);
        assertEquals(2, three.replica().raft().commitIndex());
    }

    @Test
    @DisplayName("one append, from the request to the receipt")
    void oneAppend() {
        startTerm();
        one.asked(7, new Write(new Command.Create("s")));
        assertEquals(
                List.of("to 2: append [3] after 2, commit 2, round 2",
                        "to 3: append [3] after 2, commit 2, round 2",
                        "write " + WAL, "write " + WAL, "sync " + WAL),
                deliver(one), "the leader replicates while it writes: the proof of the batch before, and the batch");

        assertEquals(
                List.of("write " + WAL, "write " + WAL, "sync " + WAL),
                deliver(two), "a follower acknowledges what is durable, which is not yet the new entry: no news");
        two.works();
        assertEquals(List.of("to 1: accepted up to 3, round 2"), two.telling(), "now it is");
        assertEquals(List.of(), one.said(), "nobody has told that to the leader");

        one.receives(2, new Message.AppendAccepted(1, 3, 3, 2));
        assertEquals(List.of(), one.said(), "one follower, and the leader's own disk is not done: no majority");
        one.works();
        assertEquals(
                List.of("answer 7: Created at 3 of term 1, synced by [1, 2]"),
                one.said(), "its own sync is one vote like any other");
        one.passes(COMMIT_MICROS);
        assertEquals(
                List.of("to 2: append [] after 3, commit 3, round 3", "to 3: append [] after 3, commit 3, round 3"),
                one.said(), "nothing came that would have taken the commit along");
        assertEquals(2, three.replica().raft().commitIndex(), "node 3 has not heard of it");
    }

    @Test
    @DisplayName("two followers are a majority without the leader's own disk")
    void committedByOthers() {
        startTerm();
        one.asked(7, new Write(new Command.Create("s"))).effects();
        one.receives(2, new Message.AppendAccepted(1, 3, 3, 2));
        one.receives(3, new Message.AppendAccepted(1, 3, 3, 2));
        assertEquals("answer 7: Created at 3 of term 1, synced by [2, 3]", one.said().getFirst());
    }

    @Test
    @DisplayName("what comes in one turn is written as one batch")
    void groupCommit() {
        startTerm();
        one.asked(7, new Write(new Command.Create("s"))).telling();
        one.asked(8, new Write(append("a"))).asked(9, new Write(append("b")));
        assertEquals(
                List.of("to 2: append [4] after 3, commit 2, round 2", "to 3: append [4] after 3, commit 2, round 2",
                        "to 2: append [5] after 4, commit 2, round 2", "to 3: append [5] after 4, commit 2, round 2"),
                one.telling(), "a batch is on its way: the next one waits");
        one.works();
        assertEquals(1, one.telling().stream().filter(("sync " + WAL)::equals).count());
        assertEquals(5, one.replica().raft().durableIndex());
    }

    @Test
    @DisplayName("a node that does not lead refuses a write and names who does")
    void notLeader() {
        startTerm();
        two.asked(7, new Write(new Command.Create("s")));
        assertEquals(List.of(new Effect.Answer(7, new ClientReply.NotWritten(Cause.NOT_LEADER, 1))), two.effects());
    }

    @Test
    @DisplayName("more writes than may wait are refused, and so is what contradicts itself")
    void refusals() {
        startTerm();
        for (long request = 1; request <= 3; request++) {
            one.asked(request, new Write(new Command.Create("s")));
        }
        one.effects();
        one.asked(4, new Write(new Command.Create("s")));
        assertEquals(List.of(new Effect.Answer(4, new ClientReply.NotWritten(Cause.OVERLOADED, 1))), one.effects());
        one.asked(5, new Write(new Command.Append(
                "s", List.of(), Command.ANY_TAIL, Command.Producer.NONE, false)));
        assertEquals(List.of(new Effect.Answer(5, new ClientReply.NotWritten(Cause.BAD_REQUEST, 1))), one.effects());
    }

    @Test
    @DisplayName("a leader that is deposed tells its clients that it does not know")
    void deposed() {
        startTerm();
        one.asked(7, new Write(new Command.Create("s"))).asked(8, new Write(append("a"))).effects();
        one.receives(3, new Message.AppendRejected(5, 2, 0, 0, 0));
        assertEquals(
                List.of("answer 7: Unknown[cause=LEADERSHIP_LOST, leaderHint=0]",
                        "answer 8: Unknown[cause=LEADERSHIP_LOST, leaderHint=0]"),
                one.said());
    }

    @Test
    @DisplayName("leadership is handed over on request, and meanwhile nothing is accepted")
    void transfer() {
        startTerm();
        one.asked(7, new Write(new Command.Create("s"))).effects();
        one.asked(8, new ClientRequest.TransferLeadership(3));
        assertEquals(List.of("answer 8: Accepted[]"), one.said(), "node 3 lacks an entry");
        one.asked(9, new Write(append("a")));
        assertEquals(List.of("answer 9: NotWritten[cause=TRANSFERRING, leaderHint=1]"), one.said());
        one.receives(3, new Message.AppendAccepted(1, 3, 3, 2));
        assertEquals(List.of("to 3: TimeoutNow[term=1]"), one.said());
        two.asked(10, new ClientRequest.TransferLeadership(3));
        assertEquals(List.of("answer 10: NotWritten[cause=NOT_LEADER, leaderHint=1]"), two.said());
    }
}
