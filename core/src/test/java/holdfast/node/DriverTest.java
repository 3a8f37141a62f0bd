package holdfast.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Probe;
import holdfast.env.Clock;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.raft.Message;
import holdfast.raft.Sender;
import holdfast.raft.Voters;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The driver beside a node on the bench with the same past: it must do to its surroundings exactly what that node says,
/// in that order.
class DriverTest {

    /// Surroundings that only note what is asked of them.
    private static final class Surroundings implements Driver.Outside, Clock {

        private final List<String> done = new ArrayList<>();
        private final MemoryDisk disk = new MemoryDisk();
        private long now;

        void submit(DiskOp op) {
            done.add(NodeBench.words(new Effect.Disk(op)));
            disk.submit(op);
        }

        void send(int to, Bytes packet) {
            Packet sent = MessageCodec.decode(1, packet);
            assertEquals(new Sender(1, Voters.disk(1), 0, 4), sent.sender(), "the first start after the formatting");
            done.add(NodeBench.words(new Effect.Send(to, sent.message())));
        }

        @Override
        public void answer(long requestId, ClientReply reply) {
            done.add(NodeBench.words(new Effect.Answer(requestId, reply)));
        }

        @Override
        public void halted(int exitCode, String report) {
            done.add(NodeBench.words(new Effect.Halt(exitCode, report)));
        }

        @Override
        public long monotonicMicros() {
            return now;
        }

        @Override
        public long wallMillis() {
            throw new AssertionError("the driver never needs the time of day");
        }
    }

    private final Surroundings outside = new Surroundings();
    private final Driver driver = new Driver(
            new Node(NodeBench.config(1, 1), Probe.NONE), outside, outside::submit, outside::send, outside);
    private final NodeBench twin = new NodeBench(1);

    private void start() {
        outside.disk.format(NodeBench.config(1, 1).wal().storeId(), Voters.bound(3));
        driver.start();
        driver.endTurn();
        works();
    }

    private void works() {
        for (int steps = 0; !outside.disk.isIdle(); steps++) {
            assertTrue(steps < 1_000, "the disk comes to rest");
            long operation = outside.disk.next().id();
            driver.takeDiskResult(operation, outside.disk.work());
            driver.endTurn();
        }
        twin.works();
        sameAsTwin();
    }

    private void hears(int from, Message message) {
        driver.takePacket(from, MessageCodec.encode(Voters.sender(from), message));
        driver.endTurn();
        twin.receives(from, message);
        sameAsTwin();
    }

    private List<String> sameAsTwin() {
        List<String> telling = twin.telling();
        assertEquals(telling, outside.done);
        outside.done.clear();
        return telling;
    }

    @Test
    @DisplayName("performs what the node has recorded, each effect once and in its order")
    void inOrder() {
        start();
        hears(2, new Message.TimeoutNow(0));
        works();
        hears(2, new Message.VoteReply(1, true));
        works();
        ClientRequest write = new ClientRequest.Write(new Command.Create("s"));
        driver.takeRequest(7, write);
        driver.endTurn();
        twin.asked(7, write);
        List<String> telling = sameAsTwin();
        assertTrue(telling.size() >= 3, telling::toString);
        works();
        hears(2, new Message.AppendAccepted(1, 3, 3, 1));
    }

    @Test
    @DisplayName("the effects of one input are performed before the next input is taken")
    void stepByStep() {
        start();
        driver.takeRequest(7, new ClientRequest.TransferLeadership(2));
        assertEquals(List.of("answer 7: NotWritten[cause=NOT_LEADER, leaderHint=0]"), outside.done);
        outside.done.clear();
        driver.endTurn();
        assertEquals(List.of(), outside.done, "nothing is performed twice");
    }

    @Test
    @DisplayName("bytes that are no message are dropped")
    void noise() {
        start();
        outside.now = 2 * NodeBench.ELECTION;
        assertFalse(driver.takePacket(2, Bytes.utf8("noise")));
        assertFalse(driver.takePacket(2, Bytes.EMPTY));
        assertFalse(driver.takePacket(2, MessageCodec.encode(Voters.sender(2), new Message.VoteReply(Long.MAX_VALUE, false))));
        driver.endTurn();
        assertEquals(List.of(), outside.done);
    }

    @Test
    @DisplayName("the node's deadline is the driver's, and the clock is read when it has come")
    void deadline() {
        assertEquals(Long.MAX_VALUE, driver.nextDeadline());
        start();
        assertEquals(twin.node().nextDeadline(), driver.nextDeadline());
        outside.now = 2 * NodeBench.ELECTION;
        driver.takeTime();
        driver.endTurn();
        twin.passes(outside.now);
        assertTrue(sameAsTwin().contains("to 2: PreVoteRequest[term=1, lastIndex=1, lastTerm=0]"));
    }

    @Test
    @DisplayName("the end of a node is told with its exit code")
    void halt() {
        driver.start();
        driver.endTurn();
        outside.done.clear();
        driver.takeDiskResult(
                outside.disk.next().id(), new DiskResult.Failed(DiskResult.Reason.IO_ERROR, "broken"));
        assertEquals(List.of("halt 74"), outside.done);
    }
}
