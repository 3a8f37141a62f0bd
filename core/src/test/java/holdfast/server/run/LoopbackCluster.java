package holdfast.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.raft.Member;
import holdfast.raft.Membership;
import holdfast.server.FreePorts;
import holdfast.server.Log;
import holdfast.server.NodePort.Status;
import holdfast.server.config.Formation;
import holdfast.server.config.Given;
import holdfast.server.config.HostPort;
import holdfast.server.config.ServerConfig;
import holdfast.server.config.Settings;
import holdfast.server.store.Forming;
import holdfast.server.store.FoundStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/// Nodes on loopback in one process: the real loop, files and sockets, with HTTP left out.
final class LoopbackCluster implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 10_000;

    private final Path folder;
    private final String peers;
    private final Formation formation;
    private final TreeMap<Integer, RunningNode> nodes = new TreeMap<>();
    private final TreeMap<Integer, Integer> ended = new TreeMap<>();

    LoopbackCluster(Path folder, int size) {
        this(folder, size, size);
    }

    /// Only the first `started` nodes are started, the founder before all others.
    LoopbackCluster(Path folder, int size, int started) {
        this.folder = folder;
        StringJoiner list = new StringJoiner(",");
        int port = FreePorts.run(size);
        for (int id = 1; id <= size; id++) {
            list.add(id + "=127.0.0.1:" + (port + id - 1));
        }
        peers = list.toString();
        formation = form(size);
        for (int id = 1; id <= started; id++) {
            start(id);
        }
    }

    private Formation form(int size) {
        TreeMap<Integer, HostPort> voters = new TreeMap<>();
        assertEquals("", ServerConfig.readVoters(peers, voters));
        Given<Formation> founded = Forming.found(data(1), 1, voters, "test");
        Formation formed = (Formation) assertInstanceOf(Given.Good.class, founded, founded.toString()).value();
        for (int id = 2; id <= size; id++) {
            assertEquals("", Forming.join(data(id), id, formed));
        }
        return formed;
    }

    /// A stopped node's disk is lost, and it is started on a new one.
    RunningNode startOnNewDisk(int id) throws IOException {
        Files.move(data(id), folder.resolve("lost-" + id));
        assertEquals("", Forming.join(data(id), id, formation));
        return start(id);
    }

    private Path data(int id) {
        return folder.resolve("node-" + id);
    }

    RunningNode start(int id) {
        ServerConfig config = configOf(List.of(
                "--node", "" + id, "--peers", peers, "--data", data(id).toString(),
                "--append-bytes", "256k", "--segment-bytes", "4m"));
        FoundStore.Looked looked = FoundStore.look(config);
        FoundStore store = assertInstanceOf(FoundStore.Looked.Found.class, looked, looked.toString()).store();
        RunningNode.Opened opened = RunningNode.open(store, "127.0.0.1:" + id, Log.silent(), (exit, _) -> {
            synchronized (ended) {
                ended.put(id, exit);
                ended.notifyAll();
            }
        });
        RunningNode node = assertInstanceOf(RunningNode.Opened.Open.class, opened, opened.toString()).node();
        nodes.put(id, node);
        node.start();
        return node;
    }

    private static ServerConfig configOf(List<String> words) {
        Given<Settings> settings = Settings.gather(words, Map.of(), Given.Bad::new);
        Settings good = (Settings) assertInstanceOf(Given.Good.class, settings, settings.toString()).value();
        Given<ServerConfig> config = ServerConfig.of(good);
        return (ServerConfig) assertInstanceOf(Given.Good.class, config, config.toString()).value();
    }

    RunningNode node(int id) {
        return nodes.get(id);
    }

    void stop(int id) {
        nodes.remove(id).close();
    }

    /// Waits until every running node knows the disk of every voter. A majority of bound disks is a store that serves; one
    /// that is cut or loses a node while the last disk is unbound may be without a majority for that.
    void awaitWhole() throws InterruptedException {
        for (RunningNode node : nodes.values()) {
            Membership known = node.loop().roster().committed();
            while (known == null || !known.members().stream().allMatch(Member::isBound)) {
                Thread.sleep(10);
                known = node.loop().roster().committed();
            }
        }
    }

    /// Waits until a running node leads, and returns it.
    RunningNode leader() throws InterruptedException {
        while (true) {
            for (RunningNode node : nodes.values()) {
                Status status = node.door().status();
                if (status.leads()) {
                    return node;
                }
            }
            Thread.sleep(10);
        }
    }

    /// Asks whoever leads until the answer is one of a leader; for requests that may be sent twice.
    ClientReply write(ClientRequest.Write write) throws InterruptedException {
        while (true) {
            ClientReply reply = leader().door().ask(write, PATIENCE_MILLIS);
            if (reply instanceof ClientReply.Applied) {
                return reply;
            }
            Thread.sleep(10);
        }
    }

    /// Reads at `node` until the read succeeds.
    ClientReply read(RunningNode node, ClientRequest request) throws InterruptedException {
        while (true) {
            ClientReply reply = node.door().ask(request, PATIENCE_MILLIS);
            if (!(reply instanceof ClientReply.ReadFailed)) {
                return reply;
            }
            Thread.sleep(10);
        }
    }

    /// Waits until that node has stopped by itself; returns its exit code.
    int exitOf(int id) throws InterruptedException {
        synchronized (ended) {
            while (!ended.containsKey(id)) {
                ended.wait();
            }
            return ended.remove(id);
        }
    }

    @Override
    public void close() {
        nodes.values().forEach(RunningNode::close);
    }
}
