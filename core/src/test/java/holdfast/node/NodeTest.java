package holdfast.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.StateHash;
import holdfast.node.ClientReply.Cause;
import holdfast.node.ClientRequest.Level;
import holdfast.raft.Message;
import holdfast.stream.Command;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The three stages of a node's life.
class NodeTest {

    private static final ClientRequest WRITE = new ClientRequest.Write(new Command.Create("s"));
    private static final ClientRequest READ = new ClientRequest.Tail("s", Level.LOCAL, 99);

    // ---- recovering ----------------------------------------------------------------------------------------

    @Test
    @DisplayName("while it recovers a node asks its disk, answers that it is starting, and talks to nobody")
    void recovering() {
        NodeBench bench = new NodeBench(1);
        assertEquals(List.of("list"), bench.telling());
        assertNull(bench.replica());
        bench.asked(1, WRITE).asked(2, READ).asked(3, new ClientRequest.TransferLeadership(2));
        bench.receives(2, new Message.TimeoutNow(4)).passes(10 * NodeBench.ELECTION);
        assertEquals(
                List.of(new Effect.Answer(1, new ClientReply.NotWritten(Cause.STARTING, 0)),
                        new Effect.Answer(2, new ClientReply.ReadFailed(Cause.STARTING, 0)),
                        new Effect.Answer(3, new ClientReply.NotWritten(Cause.STARTING, 0))),
                bench.effects());
        assertEquals(Long.MAX_VALUE, bench.node().nextDeadline());
    }

    @Test
    @DisplayName("when it has recovered it runs, and has a deadline, at the latest for an election")
    void running() {
        NodeBench bench = NodeBench.started(1);
        assertNotNull(bench.replica());
        assertFalse(bench.node().isHalted());
        assertTrue(bench.node().nextDeadline() <= 2 * NodeBench.ELECTION);
        bench.effects();
        bench.passes(2 * NodeBench.ELECTION);
        assertTrue(bench.said().contains("to 2: PreVoteRequest[term=1, lastIndex=1, lastTerm=0]"));
        bench.step(new Event.Started());
        assertEquals(List.of(), bench.said(), "it has started already");
    }

    @Test
    @DisplayName("a store that was written is found again")
    void again() {
        NodeBench bench = NodeBench.started(1).leads(3);
        bench.boot();
        bench.works();
        assertEquals(3, bench.replica().raft().term());
        assertEquals(2, bench.last().index());
        assertFalse(bench.replica().raft().isLeader());
    }

    // ---- the end -------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a node whose disk fails answers whom it owes an answer, stops with 74, and says nothing any more")
    void diskFails() {
        NodeBench bench = NodeBench.started(1).leads(3);
        bench.asked(1, WRITE).asked(2, READ);
        bench.effects();
        bench.disk.breakDown();
        bench.worksOnce();
        assertEquals(
                List.of("answer 1: Unknown[cause=STOPPED, leaderHint=0]",
                        "answer 2: ReadFailed[cause=STOPPED, leaderHint=1]",
                        "halt " + Node.EXIT_IO_ERROR),
                bench.said());
        assertTrue(bench.node().isHalted());
        bench.asked(3, WRITE).receives(2, new Message.TimeoutNow(9)).passes(10 * NodeBench.ELECTION);
        assertEquals(List.of(), bench.effects());
        assertEquals(Long.MAX_VALUE, bench.node().nextDeadline());
        assertNull(bench.replica());
    }

    @Test
    @DisplayName("a disk that fails during recovery stops the node as well; nothing is lost by that")
    void diskFailsEarly() {
        NodeBench bench = NodeBench.started(1).leads(3);
        bench.disk.breakDown();
        bench.boot();
        bench.worksOnce();
        assertEquals("halt " + Node.EXIT_IO_ERROR, bench.said().getLast());
        bench.disk.repair();
        bench.boot();
        bench.works();
        assertEquals(3, bench.replica().raft().term());
    }

    @Test
    @DisplayName("a damaged store is refused with 65")
    void damaged() {
        NodeBench bench = NodeBench.started(1).leads(3);
        bench.works();
        bench.disk.bytes("META.A")[64] ^= 1;
        bench.disk.bytes("META.B")[64] ^= 1;
        bench.boot();
        while (!bench.node().isHalted()) {
            bench.worksOnce();
        }
        assertEquals("halt " + Node.EXIT_DAMAGED, bench.said().getLast());
    }

    // ---- the fingerprint -----------------------------------------------------------------------------------

    private static long fingerprint(NodeBench bench) {
        StateHash hash = new StateHash();
        bench.node().describe(hash);
        return hash.value();
    }

    @Test
    @DisplayName("equal lives have equal fingerprints, and each stage has its own")
    void fingerprints() {
        NodeBench bench = new NodeBench(1);
        NodeBench twin = new NodeBench(1);
        long recovering = fingerprint(bench);
        assertEquals(recovering, fingerprint(twin));
        long running = fingerprint(bench.works());
        assertEquals(running, fingerprint(twin.works()));
        assertTrue(recovering != running);
        long leading = fingerprint(bench.leads(2));
        assertTrue(leading != running);
        assertEquals(leading, fingerprint(twin.leads(2)));
    }
}
