package holdfast.server.run;

import holdfast.Bytes;
import holdfast.Hasher;
import holdfast.node.Node;
import holdfast.node.Replica;
import holdfast.server.Log;
import holdfast.server.config.HostPort;
import holdfast.server.config.NodeSettings;
import holdfast.server.config.ServerConfig;
import holdfast.server.disk.DataDirectory;
import holdfast.server.disk.DiskTrouble;
import holdfast.server.disk.FileDisk;
import holdfast.server.loop.LocalNode;
import holdfast.server.loop.NodeLoop;
import holdfast.server.loop.Situations;
import holdfast.server.loop.SystemClock;
import holdfast.server.peer.Partition;
import holdfast.server.peer.PeerNetwork;
import holdfast.server.peer.PeerSettings;
import holdfast.server.store.FoundStore;
import holdfast.wal.StoreId;
import java.io.IOException;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/// A node with everything it stands on, without HTTP. What can be refused (store, address, port) is opened first, so
/// that a refusal leaves nothing behind.
public final class RunningNode implements AutoCloseable {

    private static final int WARM_UP_BYTES = 64 << 10;
    private static final int WARM_UP_TIMES = 32;
    private static final int BACKLOG = 64;

    /// How long a disk may take to finish what it was asked for.
    private static final long DISK_MILLIS = 5_000;

    private final FoundStore store;
    private final FileDisk disk;
    private final DiskTrouble trouble;
    private final Partition partition = new Partition();
    private final PeerNetwork network;
    private final NodeLoop loop;
    private final LocalNode door;
    private final Log log;

    /// What opening gives.
    public sealed interface Opened {

        record Open(RunningNode node) implements Opened {}

        /// Why not, in one sentence.
        ///
        /// @param exit 74 if it is the disk, 2 if it is what was asked for
        record Refused(int exit, String sentence) implements Opened {}
    }

    private static final int EXIT_BAD_INPUT = 2;

    /// Opens what the store and the configuration name; nothing runs yet. `http` is where this node answers HTTP, for
    /// the others to know; `ended` hears when the node stops by itself. Whatever comes of it, the store is taken.
    public static Opened open(FoundStore store, String http, Log log, NodeLoop.Ended ended) {
        ServerConfig config = store.config();
        if (config.peerListen().resolved().isUnresolved()) {
            closeQuietly(store.directory());
            return new Opened.Refused(
                    EXIT_BAD_INPUT, "peer-listen names " + config.peerListen().host() + ", which is no known host");
        }
        ServerSocket peers;
        try {
            peers = listen(config.peerListen());
        } catch (IOException taken) {
            closeQuietly(store.directory());
            return new Opened.Refused(
                    EXIT_BAD_INPUT,
                    "cannot listen for other nodes on " + config.peerListen() + ": " + taken.getMessage());
        }
        try {
            return new Opened.Open(new RunningNode(store, http, peers, log, ended));
        } catch (IOException error) {
            closeQuietly(peers);
            closeQuietly(store.directory());
            return new Opened.Refused(DataDirectory.exitFor(error), DataDirectory.unusable(config.data(), error));
        }
    }

    private static ServerSocket listen(HostPort address) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address.resolved(), BACKLOG);
            return socket;
        } catch (IOException taken) {
            socket.close();
            throw taken;
        }
    }

    private RunningNode(
            FoundStore store, String http, ServerSocket peers, Log log, NodeLoop.Ended ended) throws IOException {
        this.store = store;
        ServerConfig config = store.config();
        this.log = log;
        trouble = new DiskTrouble(config.testHooks());
        StoreId id = store.id();
        SystemClock clock = new SystemClock();
        SplittableRandom entropy = new SplittableRandom();
        Situations situations = new Situations();
        Node node = new Node(NodeSettings.of(config, id, entropy::nextLong), situations);
        // Disk and network report to the loop, and the loop speaks through them.
        AtomicReference<NodeLoop> late = new AtomicReference<>();
        disk = new FileDisk(store.directory().path(), trouble, (operation, result) -> late.get().diskDone(operation, result));
        AtomicReference<PeerNetwork> lateNetwork = new AtomicReference<>();
        loop = new NodeLoop(
                config.node(), node, situations, clock, disk, disk::working, (to, packet) -> lateNetwork.get().send(to, packet),
                log, this::takePart, ended);
        late.set(loop);
        door = new LocalNode(loop, clock);
        network = new PeerNetwork(
                new PeerSettings(
                        id.clusterId(), id.nodeId(), id.diskUuid(), http, peersOf(config),
                        config.electionTimeoutMillis(), new SecureRandom().nextLong()),
                peers, partition, loop::roster, door.inbound(), log);
        lateNetwork.set(network);
        door.speaksThrough(network);
    }

    private static TreeMap<Integer, HostPort> peersOf(ServerConfig config) {
        TreeMap<Integer, HostPort> peers = new TreeMap<>(config.voters());
        peers.remove(config.node());
        return peers;
    }

    public void start() {
        Thread.ofPlatform().daemon().name("warm-up").start(RunningNode::warmUp);
        disk.start();
        loop.start();
    }

    /// Until the JVM has compiled it, hashing a large record takes as long as an election timeout. So it is given reason to,
    /// while the store recovers.
    private static void warmUp() {
        Hasher hasher = new Hasher();
        Bytes zeros = Bytes.wrap(new byte[WARM_UP_BYTES]);
        for (int i = 0; i < WARM_UP_TIMES; i++) {
            hasher.add(zeros).finish();
        }
    }

    /// The store is recovered. Not a word is exchanged with a peer before that, and none at all if the voters of the
    /// log are not those that this node was told.
    private String takePart(Replica replica) {
        List<Integer> stored = replica.raft().membership().voters();
        List<Integer> told = store.config().voterIds();
        if (!stored.equals(told)) {
            return FoundStore.otherVoters(store.config().data(), told, stored);
        }
        network.start();
        return "";
    }

    /// As [#stop]; whether the disk has finished is of no interest.
    @Override
    public void close() {
        stop();
    }

    /// Stops the loop, then what it stands on. Returns whether the disk has finished what it was asked for; one that hangs
    /// is not waited for.
    public boolean stop() {
        try {
            loop.stop();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        network.close();
        boolean isFinished = disk.close(DISK_MILLIS);
        closeQuietly(store.directory());
        return isFinished;
    }

    static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception ignored) {
            // Nothing depends on it: whatever had to be durable was synced.
        }
    }

    // ---- what the doors and the operators use --------------------------------------------------------------

    public ServerConfig config() {
        return store.config();
    }

    public FoundStore store() {
        return store;
    }

    public LocalNode door() {
        return door;
    }

    public NodeLoop loop() {
        return loop;
    }

    public FileDisk disk() {
        return disk;
    }

    public PeerNetwork network() {
        return network;
    }

    public DiskTrouble trouble() {
        return trouble;
    }

    public Partition partition() {
        return partition;
    }

    public Log log() {
        return log;
    }
}
