package holdfast.sim.check;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Digest;
import holdfast.Probe;
import holdfast.env.Clock;
import holdfast.node.ClientReply;
import holdfast.node.Driver;
import holdfast.node.MessageCodec;
import holdfast.node.Node;
import holdfast.node.NodeConfig;
import holdfast.node.Replica;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Membership;
import holdfast.raft.Message;
import holdfast.raft.RaftConfig;
import holdfast.sim.disk.DiskTiming;
import holdfast.sim.disk.FsProfiles;
import holdfast.sim.disk.PowerCutKeep;
import holdfast.sim.disk.SimDisk;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.EventQueue;
import holdfast.sim.world.Forming;
import holdfast.sim.world.Voters;
import holdfast.stream.ProducerBounds;
import holdfast.wal.StoreId;
import holdfast.wal.WalConfig;
import java.util.ArrayList;
import java.util.List;

/// One production node on a simulated disk, without the others: a test speaks for them. So a node can be brought into a
/// state in which no cluster of correct nodes would ever show it, for instance to lead a term that another one leads.
public final class LoneNode implements Driver.Outside {

    public static final int NODES = 3;
    public static final long ELECTION_MICROS = 150_000;
    public static final int BATCH_BYTES = 8_192;

    /// Room for two of the largest batches behind header and proofs.
    public static final int SEGMENT_BYTES = 28_672;

    private static final int SLOTS = 64;
    private static final int IO_STEPS_MAX = 100_000;
    private static final long IDLE_MICROS = 50_000;
    private static final long SNAPSHOT_EVERY_BYTES = 16 << 10;

    /// What the node has sent.
    public record Sent(int to, Message message) {}

    private final int id;
    private final EventQueue queue = new EventQueue();
    private final SimDisk disk;
    private final NodeConfig config;
    private final List<Sent> sent = new ArrayList<>();
    private Node node;
    private Driver driver;
    private long cuts;
    private int exitCode;

    public LoneNode(int id) {
        this(id, Voters.bound());
    }

    /// On a store that was formatted with that membership.
    public LoneNode(int id, Membership first) {
        this.id = id;
        disk = new SimDisk(
                id, FsProfiles.EXT4_ORDERED, DiskTiming.INSTANT, new Entropy(id), queue, this::diskDone);
        config = config(id);
        Forming.format(disk, config.wal().storeId(), first);
        boot();
    }

    private static NodeConfig config(int id) {
        RaftConfig raft = new RaftConfig(
                id, ELECTION_MICROS, ELECTION_MICROS / 5, 64, 64 << 10, 8, 1 << 20, 64, bound -> 0);
        WalConfig wal = new WalConfig(
                new Digest(1, 2), id, Voters.disk(id), SEGMENT_BYTES, SLOTS, BATCH_BYTES, IDLE_MICROS);
        return new NodeConfig(
                raft, wal, SNAPSHOT_EVERY_BYTES, 0, 1024, ELECTION_MICROS, 4 * ELECTION_MICROS,
                wal.payloadBytesMax(), 64, 64, 64, ProducerBounds.STANDARD);
    }

    StoreId owner() {
        return config.wal().storeId();
    }

    // ---- the process ---------------------------------------------------------------------------------------

    public LoneNode boot() {
        bootAtOnce();
        return work();
    }

    /// The process starts; the disk has not yet done anything for it.
    public void bootAtOnce() {
        Check.that(driver == null, "one process at a time");
        exitCode = 0;
        node = new Node(config, Probe.NONE);
        driver = new Driver(node, clock(), disk::submit, this::take, this);
        driver.start();
        endTurn(driver);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public long monotonicMicros() {
                return queue.now();
            }

            @Override
            public long wallMillis() {
                return queue.now() / 1_000;
            }
        };
    }

    public void crash() {
        disk.processCrash(++cuts);
        driver = null;
    }

    public void powerCut(PowerCutKeep keep) {
        disk.powerCut(keep, ++cuts);
        driver = null;
    }

    @Override
    public void halted(int code, String report) {
        exitCode = code;
        crash();
    }

    /// 0 unless the process has stopped by itself.
    public int exitCode() {
        return exitCode;
    }

    // ---- what happens to it --------------------------------------------------------------------------------

    /// Another node says something, and everything happens that follows from it without the passing of time.
    public LoneNode hears(int from, Message message) {
        hearsAtOnce(from, message);
        return work();
    }

    /// Another node says something; the disk has not yet done anything about it.
    public void hearsAtOnce(int from, Message message) {
        Driver now = driver;
        now.takePacket(from, MessageCodec.encode(Voters.sender(from), message));
        endTurn(now);
    }

    /// One operation of the disk completes, if there is one.
    public boolean diskWorks() {
        return queue.runNext();
    }

    private LoneNode work() {
        for (int steps = 0; queue.runNext(); steps++) {
            Check.that(steps < IO_STEPS_MAX, "the disk comes to rest", steps, IO_STEPS_MAX);
        }
        return this;
    }

    /// Time passes; a deadline that has come by its end is noticed once.
    public LoneNode elapse(long micros) {
        queue.after(micros, () -> {
            Driver now = driver;
            if (now != null && now.nextDeadline() <= queue.now()) {
                now.takeTime();
                endTurn(now);
            }
        });
        return work();
    }

    private void diskDone(long operation, holdfast.env.DiskResult result) {
        Driver now = driver;
        if (now != null) {
            now.takeDiskResult(operation, result);
            endTurn(now);
        }
    }

    /// Unless the node has stopped meanwhile.
    private void endTurn(Driver turning) {
        if (driver == turning) {
            turning.endTurn();
        }
    }

    // ---- common histories ----------------------------------------------------------------------------------

    /// Makes it the leader of `term`: the one before tells it to campaign, and one more votes for it.
    public LoneNode leads(long term) {
        int other = id % NODES + 1;
        hears(other, new Message.TimeoutNow(term - 1));
        return hears(other, new Message.VoteReply(term, true));
    }

    /// Node `leader` leads `term` and sends these entries after `previous`; they are committed up to `commitIndex`.
    public LoneNode follows(int leader, long term, LogPosition previous, long commitIndex, LogEntry... entries) {
        return hears(leader, new Message.AppendEntries(term, previous, List.of(entries), commitIndex, 1));
    }

    /// As if it followed `leader` in `term` from now on, with what has been written so far.
    public LoneNode follows(int leader, Entries log, long commitIndex) {
        return follows(leader, log.last().term(), log.first(), commitIndex, log.all());
    }

    // ---- what can be seen ----------------------------------------------------------------------------------

    private void take(int to, Bytes packet) {
        sent.add(new Sent(to, MessageCodec.decode(id, packet).message()));
    }

    @Override
    public void answer(long requestId, ClientReply reply) {}

    public List<Sent> sent() {
        return sent;
    }

    public SimDisk disk() {
        return disk;
    }

    public Replica replica() {
        return driver == null ? null : node.replica();
    }

    /// The end of its log.
    public LogPosition last() {
        return replica().raft().last();
    }
}
