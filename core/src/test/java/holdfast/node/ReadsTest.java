package holdfast.node;

import static holdfast.node.NodeBench.append;
import static holdfast.node.NodeBench.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Sometimes;
import holdfast.node.ClientReply.Cause;
import holdfast.node.ClientRequest.Level;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Reads at a follower of leader 2, whose stream "s" holds one record per entry from index 3 on: record "0…" at offset 0,
/// and so forth.
class ReadsTest {

    private static final int RECORD = 900;

    private final NodeBench node = NodeBench.started(1);
    private final List<LogEntry> log = new ArrayList<>();
    private LogPosition last = node.last();

    @BeforeEach
    void stream() {
        grow(new Command.Create("s"));
        for (int i = 0; i < 3; i++) {
            grow(append(record(i)));
        }
    }

    private static String record(int number) {
        return String.valueOf((char) ('0' + number)).repeat(RECORD);
    }

    private LogEntry next(Command command) {
        LogEntry entry = entry(last, 1, command);
        last = LogPosition.of(entry);
        log.add(entry);
        return entry;
    }

    /// Committed, applied, durable.
    private void grow(Command command) {
        LogPosition previous = last;
        LogEntry entry = next(command);
        node.follows(2, 1, previous, entry.index(), entry).works();
    }

    /// So much is written that the first records are covered by a snapshot and gone from memory.
    private void compact() {
        for (int i = 3; i < 8; i++) {
            grow(append(record(i)));
        }
        node.passes(NodeBench.ELECTION / 2).works();
        assertTrue(node.reached.containsKey(Sometimes.SNAPSHOT_TAKEN));
        assertFalse(node.replica().raft().hasEntry(3));
        node.effects();
    }

    private static ClientRequest read(long from, int records, long afterIndex) {
        return new ClientRequest.Read("s", from, records, Long.MAX_VALUE, Level.LOCAL, afterIndex);
    }

    private static ClientRequest linearizable(long from) {
        return new ClientRequest.Read("s", from, 2, Level.LINEARIZABLE);
    }

    /// The first letters of the records that a request was answered with.
    private static String letters(List<Effect> effects, long request) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Answer answer && answer.requestId() == request
                    && answer.reply() instanceof ClientReply.Records records) {
                StringBuilder letters = new StringBuilder();
                for (Bytes record : records.records()) {
                    letters.append((char) record.get(0));
                }
                return letters.toString();
            }
        }
        return "no answer";
    }

    // ---- where the bytes are -------------------------------------------------------------------------------

    @Test
    @DisplayName("what memory has is answered at once")
    void memory() {
        node.effects();
        node.asked(7, read(1, 9, 0));
        assertEquals("12", letters(node.effects(), 7));
        assertFalse(node.reached.containsKey(Sometimes.READ_FROM_DISK));
    }

    @Test
    @DisplayName("what memory has no longer comes from the log on disk")
    void disk() {
        compact();
        node.asked(7, read(0, 2, 0));
        assertEquals(List.of("read wal-0000000002.log"), node.telling());
        node.works();
        assertEquals("01", letters(node.effects(), 7));
        assertEquals(1, node.reached.get(Sometimes.READ_FROM_DISK));
    }

    @Test
    @DisplayName("memory comes first: an entry may be applied here before this node's own disk has it")
    void memoryBeforeDisk() {
        compact();
        LogPosition previous = last;
        node.asked(7, read(2, 9, last.index() + 2));
        assertEquals(List.of(), node.effects(), "it waits for what the client has seen elsewhere");
        LogEntry first = next(append(record(8)));
        LogEntry second = next(append(record(9)));
        node.follows(2, 1, previous, second.index(), first, second);
        assertEquals(second.index(), node.replica().appliedIndex());
        assertTrue(node.replica().raft().durableIndex() < first.index());
        node.works();
        assertFalse(node.node().isHalted());
        assertEquals("23456789", letters(node.effects(), 7));
    }

    @Test
    @DisplayName("reads that are released together keep their numbers")
    void released() {
        compact();
        node.asked(1, read(0, 1, last.index() + 99)).asked(2, read(1, 1, last.index() + 1));
        node.asked(3, read(2, 1, last.index() + 1)).asked(4, read(4, 2, last.index() + 1));
        node.effects();
        grow(append(record(8)));
        List<Effect> effects = node.effects();
        assertEquals("no answer", letters(effects, 1));
        assertEquals("1", letters(effects, 2));
        assertEquals("2", letters(effects, 3));
        assertEquals("45", letters(effects, 4));
    }

    // ---- how fresh -----------------------------------------------------------------------------------------

    @Test
    @DisplayName("a linearizable read asks the leader for an index, and waits until it is applied here")
    void readIndex() {
        node.effects();
        node.asked(7, linearizable(2));
        Message.ReadIndexRequest asked = (Message.ReadIndexRequest) node.sentTo(2).getFirst();
        node.receives(2, new Message.ReadIndexReply(1, asked.id(), last.index() + 1));
        assertEquals("no answer", letters(node.effects(), 7));
        assertEquals(1, node.reached.get(Sometimes.READ_WAITED_FOR_APPLY));
        grow(append(record(3)));
        assertEquals("23", letters(node.effects(), 7));
        node.receives(2, new Message.ReadIndexReply(1, asked.id(), 1));
        assertEquals(List.of(), node.said(), "an answer that comes twice is for nobody");
    }

    @Test
    @DisplayName("a refusal by the leader is a refusal, and so is that there is none")
    void refused() {
        node.effects();
        node.asked(7, linearizable(0));
        Message.ReadIndexRequest asked = (Message.ReadIndexRequest) node.sentTo(2).getFirst();
        node.receives(2, new Message.ReadIndexReply(1, asked.id(), Message.ReadIndexReply.REFUSED));
        assertEquals(List.of(new Effect.Answer(7, new ClientReply.ReadFailed(Cause.NOT_LEADER, 2))), node.effects());
        NodeBench alone = NodeBench.started(3);
        alone.effects();
        alone.asked(8, linearizable(0));
        assertEquals(List.of(new Effect.Answer(8, new ClientReply.ReadFailed(Cause.NOT_LEADER, 0))), alone.effects());
    }

    @Test
    @DisplayName("the answer to a read of the process before is not taken for one of this process")
    void otherLife() {
        node.effects();
        node.asked(7, linearizable(0));
        Message.ReadIndexRequest before = (Message.ReadIndexRequest) node.sentTo(2).getFirst();
        node.boot();
        node.works().follows(2, 1, last, last.index());
        node.effects();
        node.asked(8, linearizable(0));
        Message.ReadIndexRequest after = (Message.ReadIndexRequest) node.sentTo(2).getFirst();
        assertTrue(after.id() != before.id());
        node.receives(2, new Message.ReadIndexReply(1, before.id(), 1));
        assertEquals(List.of(), node.said());
    }

    @Test
    @DisplayName("a read that is not confirmed in time, or whose index does not come, has learned nothing")
    void expired() {
        node.effects();
        node.asked(7, linearizable(0)).asked(8, read(0, 1, 99)).effects();
        assertTrue(node.node().nextDeadline() <= NodeBench.READ_TIMEOUT);
        node.passes(NodeBench.READ_TIMEOUT - 1);
        assertEquals("no answer", letters(node.effects(), 7));
        node.passes(1);
        assertEquals(
                List.of(new Effect.Answer(7, new ClientReply.ReadFailed(Cause.TIMED_OUT, 0)),
                        new Effect.Answer(8, new ClientReply.ReadFailed(Cause.NOT_YET, 0))),
                node.effects().stream().filter(Effect.Answer.class::isInstance).toList());
    }

    @Test
    @DisplayName("more reads than may wait are refused")
    void overloaded() {
        for (long request = 1; request <= NodeBench.READS_MAX; request++) {
            node.asked(request, read(0, 1, 99));
        }
        node.effects();
        node.asked(9, read(0, 1, 0));
        assertEquals(List.of(new Effect.Answer(9, new ClientReply.ReadFailed(Cause.OVERLOADED, 2))), node.effects());
    }

    @Test
    @DisplayName("what would be fetched together with too much else is refused, and welcome when that is done")
    void large() {
        compact();
        for (long request = 1; request < NodeBench.READS_MAX; request++) {
            node.asked(request, read(0, 8, 0));
        }
        node.effects();
        node.asked(7, read(0, 8, 0));
        assertEquals(List.of(new Effect.Answer(7, new ClientReply.ReadFailed(Cause.OVERLOADED, 2))), node.effects());
        node.asked(8, read(0, 1, 0));
        node.works();
        List<Effect> effects = node.effects();
        for (long request = 1; request < NodeBench.READS_MAX; request++) {
            assertEquals("01234567", letters(effects, request));
        }
        assertEquals("0", letters(effects, 8), "there was room for little");
        node.asked(9, read(0, 8, 0));
        assertEquals("01234567", letters(node.works().effects(), 9));
    }

    // ---- what is asked -------------------------------------------------------------------------------------

    @Test
    @DisplayName("a read ends where the client, the node or the stream sets a bound")
    void bounds() {
        node.effects();
        node.asked(1, read(0, 2, 0));
        assertEquals("01", letters(node.effects(), 1));
        node.asked(2, new ClientRequest.Read("s", 0, 9, RECORD + 1, Level.LOCAL, 0));
        assertEquals("01", letters(node.effects(), 2), "up to the append that reaches the bytes");
        node.asked(3, read(3, 9, 0));
        assertEquals("", letters(node.effects(), 3), "at the tail");
        node.asked(4, read(4, 9, 0));
        assertEquals(List.of(new Effect.Answer(4, new ClientReply.PastTail(3))), node.effects());
        for (int i = 3; i < 12; i++) {
            grow(append(record(i)));
        }
        node.effects();
        node.asked(5, read(0, 99, 0)).works();
        assertEquals("01234567", letters(node.effects(), 5), "the node's own bound is 8 records");
    }

    @Test
    @DisplayName("the tail of a stream is a read as well; where no stream is, there is none")
    void tail() {
        node.effects();
        node.asked(1, new ClientRequest.Tail("s", Level.LOCAL));
        Effect.Answer answer = (Effect.Answer) node.effects().getFirst();
        ClientReply.Tail tail = (ClientReply.Tail) answer.reply();
        assertEquals(List.of(3L, 5L), List.of(tail.tail(), tail.index()));
        node.asked(2, new ClientRequest.Tail("t", Level.LOCAL));
        node.asked(3, new ClientRequest.Read("t", 0, 1, Level.LOCAL));
        assertEquals(
                List.of(new Effect.Answer(2, new ClientReply.NoSuchStream()),
                        new Effect.Answer(3, new ClientReply.NoSuchStream())),
                node.effects());
    }

    @Test
    @DisplayName("an old record that has rotted is an error for its reader, counted, and not the end of the node")
    void damaged() {
        compact();
        byte[] segment = node.disk.bytes("wal-0000000002.log");
        for (int at = 12_288; at < segment.length; at++) {
            segment[at] ^= 1;
        }
        node.asked(7, read(0, 2, 0)).works();
        List<String> said = node.said();
        assertEquals(List.of("answer 7: ReadFailed[cause=DAMAGED, leaderHint=2]"), said);
        node.asked(8, read(0, 2, 0)).works();
        assertEquals(List.of("answer 8: ReadFailed[cause=DAMAGED, leaderHint=2]"), node.said());
        assertEquals(List.of(2L, 1L), List.of(node.replica().rot().count(), node.replica().rot().sentences()));
        assertTrue(node.replica().rot().latest().getFirst().startsWith("wal-0000000002.log is damaged at position"));
    }
}
