package holdfast.server.run;

import holdfast.Probe;
import holdfast.node.Node;
import holdfast.server.Log;
import holdfast.server.config.Given;
import holdfast.server.config.HostPort;
import holdfast.server.config.NodeSettings;
import holdfast.server.config.ServerConfig;
import holdfast.server.disk.DataDirectory;
import holdfast.server.disk.DiskErrors;
import holdfast.server.disk.DiskTrouble;
import holdfast.server.disk.FileDisk;
import holdfast.server.loop.LocalNode;
import holdfast.server.loop.NodeLoop;
import holdfast.server.loop.SystemClock;
import holdfast.server.peer.Partition;
import holdfast.server.peer.PeerNetwork;
import holdfast.server.peer.PeerSettings;
import holdfast.wal.StoreId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/// A node with everything it stands on, without HTTP. What can be refused (address, port, directory) is opened
/// first, so that a refusal leaves nothing behind.
public final class RunningNode implements AutoCloseable {

    private static final int BACKLOG = 64;

    private final ServerConfig config;
    private final DataDirectory directory;
    private final FileDisk disk;
    private final DiskTrouble trouble;
    private final Partition partition = new Partition();
    private final PeerNetwork network;
    private final NodeLoop loop;
    private final LocalNode door;
    private final Log log;

    /// Opens what the configuration names; nothing runs yet. `http` is where this node answers HTTP, for the
    /// others to know; `ended` hears when the node stops by itself.
    public static Given<RunningNode> open(ServerConfig config, String http, Log log, NodeLoop.Ended ended) {
        String unresolved = unresolved(config);
        if (!unresolved.isEmpty()) {
            return new Given.Bad<>(unresolved);
        }
        ServerSocket peers;
        try {
            peers = listen(config.peerListen());
        } catch (IOException taken) {
            return new Given.Bad<>(
                    "cannot listen for other nodes on " + config.peerListen() + ": " + taken.getMessage());
        }
        return switch (DataDirectory.open(config.data())) {
            case DataDirectory.Opened.Refused(String sentence) -> {
                closeQuietly(peers);
                yield new Given.Bad<>(sentence);
            }
            case DataDirectory.Opened.Usable(DataDirectory directory) -> {
                try {
                    yield new Given.Good<>(new RunningNode(config, http, directory, peers, log, ended));
                } catch (IOException error) {
                    closeQuietly(peers);
                    closeQuietly(directory);
                    yield new Given.Bad<>(
                            "the data directory " + config.data() + " cannot be used: " + DiskErrors.text(error));
                }
            }
        };
    }

    private static String unresolved(ServerConfig config) {
        for (HostPort address : config.voters().values()) {
            if (address.resolved().isUnresolved()) {
                return "peers names " + address.host() + ", which is no known host";
            }
        }
        return config.peerListen().resolved().isUnresolved()
                ? "peer-listen names " + config.peerListen().host() + ", which is no known host"
                : "";
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
            ServerConfig config, String http, DataDirectory directory, ServerSocket peers, Log log,
            NodeLoop.Ended ended) throws IOException {
        this.config = config;
        this.directory = directory;
        this.log = log;
        trouble = new DiskTrouble(config.testHooks());
        StoreId store = directory.store();
        SystemClock clock = new SystemClock();
        SplittableRandom entropy = new SplittableRandom();
        Node node = new Node(NodeSettings.of(config, store, entropy::nextLong), Probe.NONE);
        // Disk and network report to the loop, and the loop speaks through them.
        AtomicReference<NodeLoop> late = new AtomicReference<>();
        disk = new FileDisk(directory.path(), trouble, (id, result) -> late.get().diskDone(id, result));
        AtomicReference<PeerNetwork> lateNetwork = new AtomicReference<>();
        loop = new NodeLoop(
                config.node(), node, clock, disk, disk::working, (to, packet) -> lateNetwork.get().send(to, packet),
                log, ended);
        late.set(loop);
        door = new LocalNode(loop, clock);
        network = new PeerNetwork(
                new PeerSettings(
                        store.clusterId(), store.nodeId(), store.diskUuid(), http, peersOf(config)),
                peers, partition, door.inbound(), log);
        lateNetwork.set(network);
        door.speaksThrough(network);
    }

    private static TreeMap<Integer, InetSocketAddress> peersOf(ServerConfig config) {
        TreeMap<Integer, InetSocketAddress> peers = new TreeMap<>();
        for (Map.Entry<Integer, HostPort> voter : config.voters().entrySet()) {
            if (voter.getKey() != config.node()) {
                peers.put(voter.getKey(), voter.getValue().resolved());
            }
        }
        return peers;
    }

    public void start() {
        disk.start();
        loop.start();
        network.start();
    }

    /// Stops the loop, then what it stands on.
    @Override
    public void close() {
        try {
            loop.stop();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        network.close();
        disk.close();
        closeQuietly(directory);
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception ignored) {
            // Nothing depends on it: whatever had to be durable was synced.
        }
    }

    // ---- what the doors and the operators use --------------------------------------------------------------

    public ServerConfig config() {
        return config;
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
