package holdfast.node;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Digest;
import holdfast.Hasher;
import holdfast.Sometimes;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.raft.EntryType;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Membership;
import holdfast.raft.Message;
import holdfast.raft.RaftConfig;
import holdfast.raft.Sender;
import holdfast.raft.Voters;
import holdfast.stream.Command;
import holdfast.stream.CommandCodec;
import holdfast.stream.ProducerBounds;
import holdfast.wal.WalConfig;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// One node of three on a bench: the test hands in events and reads the effects, as words or as records. Time stands
/// still unless the test moves it; the disk works when it is told to.
final class NodeBench {

    static final long ELECTION = 150_000;
    static final long RESEND = 60_000;
    static final long READ_TIMEOUT = 600_000;
    static final int READS_MAX = 4;
    static final String STREAM = "s";

    private static final int DISK_STEPS_MAX = 10_000;
    static final long SNAPSHOT_EVERY_BYTES = 4_000;

    final int id;
    final MemoryDisk disk = new MemoryDisk();
    final Map<Sometimes, Integer> reached = new EnumMap<>(Sometimes.class);
    private final NodeConfig config;
    private final Effects effects = new Effects();
    private final List<Effect> all = new ArrayList<>();
    private Node node;
    private long now;

    NodeBench(int id) {
        this(id, 1);
    }

    /// `trailing` as in [NodeConfig#trailingEntries].
    NodeBench(int id, int trailing) {
        this(id, trailing, Voters.bound(3));
    }

    /// On a store that was formatted with that membership.
    NodeBench(int id, int trailing, Membership first) {
        this.id = id;
        config = config(id, trailing);
        disk.format(config.wal().storeId(), first);
        boot();
    }

    /// Recovered, on a store that was just formatted.
    static NodeBench started(int id) {
        return new NodeBench(id).works();
    }

    static NodeConfig config(int id, int trailing) {
        RaftConfig raft = new RaftConfig(id, ELECTION, ELECTION / 5, 16, 64 << 10, 4, 1 << 20, READS_MAX, bound -> 0);
        WalConfig wal = new WalConfig(
                new Digest(1, 2), id, Voters.disk(id), 28_672, 64, 8_192, 50_000);
        return new NodeConfig(
                raft, wal, SNAPSHOT_EVERY_BYTES, trailing, 256, RESEND, READ_TIMEOUT, wal.payloadBytesMax(), 3,
                READS_MAX, 8, ProducerBounds.STANDARD);
    }

    /// A new process on the same disk.
    void boot() {
        disk.forget();
        node = new Node(config, point -> reached.merge(point, 1, Integer::sum));
        step(new Event.Started());
    }

    // ---- events --------------------------------------------------------------------------------------------

    /// One event, and the end of the turn.
    NodeBench step(Event event) {
        node.step(now, event, effects);
        take();
        node.flush(effects);
        take();
        return this;
    }

    private void take() {
        for (Effect effect : effects.recorded()) {
            all.add(effect);
            if (effect instanceof Effect.Disk operation) {
                disk.submit(operation.op());
            }
        }
        effects.clear();
    }

    NodeBench receives(int from, Message message) {
        return receives(Voters.sender(from), message);
    }

    NodeBench receives(Sender from, Message message) {
        return step(new Event.MessageReceived(from, message));
    }

    NodeBench asked(long request, ClientRequest what) {
        return step(new Event.ClientRequested(request, what));
    }

    /// The disk does all that it was asked for, also what follows from it.
    NodeBench works() {
        for (int steps = 0; !disk.isIdle(); steps++) {
            Check.that(steps < DISK_STEPS_MAX, "the disk comes to rest", steps, DISK_STEPS_MAX);
            worksOnce();
        }
        return this;
    }

    NodeBench worksOnce() {
        long operation = disk.next().id();
        DiskResult result = disk.work();
        return step(new Event.DiskDone(operation, result));
    }

    /// Time passes, and the node looks at the clock.
    NodeBench passes(long micros) {
        now += micros;
        return step(new Event.TimeReached());
    }

    // ---- common histories ----------------------------------------------------------------------------------

    /// Leads `term`, with node 2 or 3 behind it; what it has said on the way is forgotten.
    NodeBench leads(long term) {
        int voter = id == 2 ? 3 : 2;
        receives(voter, new Message.TimeoutNow(term - 1)).works();
        receives(voter, new Message.VoteReply(term, true)).works();
        Check.that(replica().raft().isLeader(), "it leads");
        all.clear();
        return this;
    }

    /// The leader of `term` sends these entries after `previous`.
    NodeBench follows(int leader, long term, LogPosition previous, long commitIndex, LogEntry... entries) {
        return receives(leader, new Message.AppendEntries(term, previous, List.of(entries), commitIndex, 1));
    }

    static Command.Append append(String record) {
        return new Command.Append(
                STREAM, List.of(Bytes.utf8(record)), Command.ANY_TAIL, Command.Producer.NONE, false);
    }

    /// The entry that follows `last`.
    static LogEntry entry(LogPosition last, long term, Command command) {
        return LogEntry.following(
                new Hasher(), last.chain(), last.index() + 1, term, EntryType.COMMAND, CommandCodec.encode(command));
    }

    // ---- what can be seen ----------------------------------------------------------------------------------

    Replica replica() {
        return node.replica();
    }

    Node node() {
        return node;
    }

    LogPosition last() {
        return replica().raft().last();
    }

    /// All effects since the last call.
    List<Effect> effects() {
        List<Effect> since = List.copyOf(all);
        all.clear();
        return since;
    }

    /// The same in words.
    List<String> telling() {
        return effects().stream().map(NodeBench::words).toList();
    }

    /// The same without what the disk was asked for.
    List<String> said() {
        return effects().stream().filter(effect -> !(effect instanceof Effect.Disk)).map(NodeBench::words).toList();
    }

    List<Message> sentTo(int to) {
        List<Message> sent = new ArrayList<>();
        for (Effect effect : effects()) {
            if (effect instanceof Effect.Send send && send.to() == to) {
                sent.add(send.message());
            }
        }
        return sent;
    }

    static String words(Effect effect) {
        return switch (effect) {
            case Effect.Send send -> "to " + send.to() + ": " + words(send.message());
            case Effect.Disk operation -> words(operation.op());
            case Effect.Answer answer -> "answer " + answer.requestId() + ": " + words(answer.reply());
            case Effect.Halt halt -> "halt " + halt.exitCode();
        };
    }

    private static String words(ClientReply reply) {
        return reply instanceof ClientReply.Applied applied
                ? applied.outcome().getClass().getSimpleName() + " at " + applied.receipt().index() + " of term "
                        + applied.receipt().term() + ", synced by " + applied.receipt().syncedBy()
                : reply.toString();
    }

    private static String words(Message message) {
        return switch (message) {
            case Message.AppendEntries m -> "append " + m.entries().stream().map(LogEntry::index).toList() + " after "
                    + m.previous().index() + ", commit " + m.commitIndex() + ", round " + m.round();
            case Message.AppendAccepted m -> "accepted up to " + m.matchedIndex()
                    + (m.durableIndex() < m.matchedIndex() ? ", durable up to " + m.durableIndex() : "") + ", round " + m.round();
            case Message.InstallSnapshot m -> "snapshot at " + m.last().index() + ", " + words(m);
            case Message.InstallSnapshotReply m -> "snapshot at " + m.lastIndex()
                    + (m.installed() ? " installed" : ", has " + m.imageHeld() + ", lacks from " + m.lacking());
            default -> message.toString();
        };
    }

    private static String words(Message.InstallSnapshot m) {
        return switch (m.piece()) {
            case IMAGE -> "bytes " + m.position() + ".." + (m.position() + m.data().size()) + " of " + m.imageBytes();
            case ENTRIES -> "entries " + MessageCodec.decodeEntries(m.data()).stream().map(LogEntry::index).toList();
        };
    }

    private static String words(DiskOp operation) {
        return switch (operation) {
            case DiskOp.List _ -> "list";
            case DiskOp.Read op -> "read " + op.file();
            case DiskOp.ZeroFill op -> "zero-fill " + op.file();
            case DiskOp.Write op -> "write " + op.file();
            case DiskOp.Sync op -> "sync " + op.file();
            case DiskOp.Rename op -> "rename to " + op.to();
            case DiskOp.Delete op -> "delete " + op.file();
            case DiskOp.SyncDirectory _ -> "sync directory";
        };
    }
}
