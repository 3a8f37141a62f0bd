package holdfast.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.Hasher;
import holdfast.StateHash;
import holdfast.raft.EntryType;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Membership;
import holdfast.raft.Message;
import holdfast.raft.Sender;
import holdfast.raft.Voters;
import holdfast.stream.Command;
import holdfast.stream.CommandCodec;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/// A peer that runs other code says whatever it likes. Nothing of that ends a node, brings it near the end of all terms, or
/// counts as a promise of a disk that the membership does not name.
class HostilePacketsTest {

    private static final long TERMS_AHEAD_MAX = 1L << 32;

    private enum Part { FOLLOWER, CANDIDATE, LEADER }

    /// What one packet is made of, drawn from one number.
    private static final class Draw {
        private final long seed;
        private int ordinal;

        Draw(long seed) {
            this.seed = seed;
        }

        int below(int bound) {
            return (int) Long.remainderUnsigned(new StateHash().add(seed).add(ordinal++).value(), bound);
        }

        boolean coin() {
            return below(2) == 0;
        }

        /// Often near what the node has, sometimes far beyond.
        long number(long own) {
            long[] numbers = {
                own, own, own, own + 1, own - 1, 0, 1, 2, 3, -1, own + TERMS_AHEAD_MAX, own + TERMS_AHEAD_MAX + 1,
                WireBounds.NUMBER_MAX, WireBounds.NUMBER_MAX + 1, Long.MAX_VALUE, Long.MIN_VALUE
            };
            return coin() ? own : numbers[below(numbers.length)];
        }
    }

    private static NodeBench bench(Part part) {
        NodeBench bench = NodeBench.started(1);
        switch (part) {
            case FOLLOWER -> bench.follows(2, 1, bench.last(), 0).works();
            case CANDIDATE -> bench.passes(2 * NodeBench.ELECTION);
            case LEADER -> bench.leads(1).asked(1, new ClientRequest.Write(new Command.Create("s"))).works();
        }
        return bench;
    }

    private static Message message(Draw draw, NodeBench bench) {
        long term = draw.number(bench.replica().raft().term());
        LogPosition last = bench.last();
        long index = draw.number(last.index());
        long other = draw.number(last.index());
        long round = draw.number(1);
        return switch (draw.below(12)) {
            case 0 -> new Message.PreVoteRequest(term, index, draw.number(last.term()));
            case 1 -> new Message.PreVoteReply(term, draw.number(term), draw.coin());
            case 2 -> new Message.VoteRequest(term, index, draw.number(last.term()), draw.coin());
            case 3 -> new Message.VoteReply(term, draw.coin());
            case 4, 5 -> append(draw, bench, term, round);
            case 6 -> new Message.AppendAccepted(term, index, index, round);
            case 7 -> new Message.AppendRejected(term, index, draw.number(last.term()), other, round);
            case 8 -> new Message.InstallSnapshot(
                    term, new LogPosition(index, draw.number(term), last.chain()), draw.below(2), draw.below(9),
                    draw.coin() ? Message.Piece.IMAGE : Message.Piece.ENTRIES, Bytes.utf8("no image"), round);
            case 9 -> new Message.InstallSnapshotReply(term, index, draw.below(3) - 1, other, draw.coin(), round);
            case 10 -> draw.coin() ? new Message.TimeoutNow(term) : new Message.ReadIndexRequest(term, other);
            default -> new Message.ReadIndexReply(term, draw.number(1), index);
        };
    }

    /// Entries that verify, whatever they say.
    private static Message append(Draw draw, NodeBench bench, long term, long round) {
        LogPosition last = bench.last();
        LogPosition previous = draw.coin()
                ? last : new LogPosition(draw.number(last.index()), draw.number(last.term()), last.chain());
        List<LogEntry> entries = new ArrayList<>();
        LogPosition before = previous;
        for (int i = draw.below(3); i > 0; i--) {
            LogEntry entry = LogEntry.following(
                    new Hasher(), before.chain(), draw.coin() ? before.index() + 1 : draw.number(before.index()),
                    draw.coin() ? term : draw.number(term), EntryType.values()[draw.below(3)], payload(draw));
            entries.add(entry);
            before = LogPosition.of(entry);
        }
        return new Message.AppendEntries(term, previous, entries, draw.number(last.index()), round);
    }

    private static Bytes payload(Draw draw) {
        Bytes command = CommandCodec.encode(NodeBench.append("x"));
        return switch (draw.below(8)) {
            case 0 -> command;
            case 1 -> command.slice(0, command.size() - 1);
            case 2 -> Bytes.EMPTY;
            case 3 -> Bytes.wrap(new byte[NodeBench.config(1, 1).wal().payloadBytesMax() + 1]);
            case 4 -> Voters.bound(3).encode();
            case 5 -> Voters.bound(5).encode();
            case 6 -> CommandCodec.encode(new Command.Append(
                    "s", List.of(), Command.ANY_TAIL, Command.Producer.NONE, false));
            default -> Membership.founded(List.of(7, 8, 9), 7, Voters.disk(7)).encode();
        };
    }

    private static Sender sender(Draw draw, boolean mayBeBound) {
        int id = draw.coin() ? 2 : draw.below(5);
        Digest disk = mayBeBound && draw.below(4) > 0 ? Voters.disk(id) : new Digest(draw.below(2), draw.below(2));
        return draw.below(4) > 0 ? new Sender(id, disk, 0, 1) : new Sender(id, disk, draw.number(0), draw.number(1));
    }

    /// As from the network: encoded, decoded, and given to the node if it is a message at all.
    private static void hears(NodeBench bench, Sender from, Message message) {
        Packet packet = MessageCodec.decode(from.id(), MessageCodec.encode(from, message));
        if (packet != null) {
            bench.receives(packet.sender(), packet.message());
        }
    }

    private static void hears(NodeBench bench, long[] draws, boolean mayBeBound) {
        for (long seed : draws) {
            Draw draw = new Draw(seed);
            Sender from = sender(draw, mayBeBound);
            hears(bench, from, message(draw, bench));
            switch (draw.below(4)) {
                case 0 -> bench.works();
                case 1 -> bench.passes(NodeBench.ELECTION / (1 + draw.below(5)));
                default -> {}
            }
            assertFalse(bench.node().isHalted());
        }
        bench.works().passes(NodeBench.ELECTION);
        assertFalse(bench.node().isHalted());
    }

    @Property(tries = 1_500)
    @Label("no packet ends a node, whatever its part, and none brings it near the last term")
    void nothingEnds(@ForAll Part part, @ForAll @Size(min = 1, max = 40) long[] draws) {
        NodeBench bench = bench(part);
        long before = bench.replica().raft().term();
        hears(bench, draws, true);
        assertTrue(bench.replica().raft().term() - before <= (draws.length + 1) * (TERMS_AHEAD_MAX + 1));
        bench.boot();
        bench.works();
        assertFalse(bench.node().isHalted(), "what it has written meanwhile can be read");
    }

    @Property(tries = 500)
    @Label("disks that the membership does not name elect nobody and commit nothing")
    void nothingCounts(@ForAll Part part, @ForAll @Size(min = 1, max = 40) long[] draws) {
        NodeBench bench = bench(part);
        long before = bench.replica().raft().commitIndex();
        boolean led = bench.replica().raft().isLeader();
        for (long seed : draws) {
            Draw draw = new Draw(seed);
            Message message = message(draw, bench);
            if (!(message instanceof Message.AppendEntries)) {
                hears(bench, sender(draw, false), message);
                bench.works();
            }
            assertTrue(led || !bench.replica().raft().isLeader());
        }
        assertEquals(before, bench.replica().raft().commitIndex());
        assertEquals(0, bench.replica().raft().matchIndex(2));
        assertEquals(Voters.bound(3), bench.replica().raft().membership());
    }
}
