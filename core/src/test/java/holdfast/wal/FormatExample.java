package holdfast.wal;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.Hasher;
import holdfast.Probe;
import holdfast.node.MessageCodec;
import holdfast.raft.EntryType;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Membership;
import holdfast.raft.Message;
import holdfast.raft.Sender;
import holdfast.stream.Command;
import holdfast.stream.CommandCodec;
import holdfast.stream.StreamMachine;
import java.util.List;
import java.util.TreeMap;

/// The store of the worked example in `docs/format.md`, made by the production code: node 1 of three is formatted
/// and started, takes term 2 and votes for itself, writes the no-op of its term, a command that creates the stream "news", and an
/// append of two records; the next leader replaces the append by the no-op of term 3. Then a snapshot is taken at
/// index 3.
final class FormatExample {

    static final WalConfig CONFIG = new WalConfig(
            new Digest(0x0011223344556677L, 0x8899aabbccddeeffL), 1,
            new Digest(0xd0d1d2d3d4d5d6d7L, 0xd8d9dadbdcdddedfL),
            28_672, 64, 8_192, Host.IDLE_MICROS);

    static final Membership FOUNDED = Membership.founded(List.of(1, 2, 3), 1, CONFIG.diskUuid());

    static final Command CREATE = new Command.Create("news");
    static final Command APPEND = new Command.Append(
            "news", List.of(Bytes.utf8("hello"), Bytes.utf8("hi")), 0, new Command.Producer("p1", 5, 0), false);

    /// Node 1 in its first life.
    static final Sender SENDER = new Sender(1, CONFIG.diskUuid(), 0, 2);

    private final Hasher hasher = new Hasher();
    private final TreeMap<String, Bytes> parts = new TreeMap<>();

    private FormatExample() {}

    /// Everything that the document shows, by the name that it has there: the node's files, and what has no file.
    static TreeMap<String, Bytes> parts() {
        FormatExample example = new FormatExample();
        example.make();
        return example.parts;
    }

    private void make() {
        Host host = new Host(Host.formatted(CONFIG, FOUNDED), CONFIG);
        host.run();
        LogEntry first = host.ready.entries().getFirst();
        LogEntry second = after(first, 2, EntryType.NOOP, Bytes.EMPTY);
        LogEntry third = after(second, 2, EntryType.COMMAND, CommandCodec.encode(CREATE));
        LogEntry fourth = after(third, 2, EntryType.COMMAND, CommandCodec.encode(APPEND));
        LogEntry replacement = after(third, 3, EntryType.NOOP, Bytes.EMPTY);

        host.persist(2, 1);
        host.append(0, second, third, fourth);
        host.settle();
        host.persist(3, 0);
        host.append(4, replacement);
        host.settle();
        StreamMachine machine = new StreamMachine(Probe.NONE);
        machine.apply(3, 2, CREATE);
        host.save(new Snapshot(LogPosition.of(third), FOUNDED, machine.encode()));
        host.settle();

        for (String name : host.disk.names()) {
            parts.put(name, Bytes.wrap(host.disk.bytes(name)));
        }
        parts.put("membership", FOUNDED.encode());
        parts.put("create", CommandCodec.encode(CREATE));
        parts.put("append", CommandCodec.encode(APPEND));
        parts.put("image", machine.encode());
        parts.put("vote-request", MessageCodec.encode(SENDER, new Message.VoteRequest(3, 4, 2, false)));
        parts.put("append-entries", MessageCodec.encode(
                SENDER, new Message.AppendEntries(2, LogPosition.of(second), List.of(third), 2, 9)));
    }

    private LogEntry after(LogEntry previous, long term, EntryType type, Bytes payload) {
        return LogEntry.following(hasher, previous.chain(), previous.index() + 1, term, type, payload);
    }
}
