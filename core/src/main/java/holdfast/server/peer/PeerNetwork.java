package holdfast.server.peer;

import holdfast.Bytes;
import holdfast.env.Network;
import holdfast.server.Log;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The [Network] over TCP: one [PeerLink] a peer for what this node says, one [PeerListener] for what it hears.
public final class PeerNetwork implements Network, AutoCloseable {

    /// Who takes in what peers say; called on the threads of the connections.
    public interface Inbound {

        /// A message of the node itself.
        void packet(int from, Bytes packet);

        /// A peer asks something on behalf of a client; to be answered by [PeerNetwork#tell] with the same `id`.
        void asked(int from, long id, Bytes question);

        void told(int from, long id, Bytes answer);

        /// A connection with the peer has ended, in either direction: what was asked may never be answered.
        void lost(int peer);
    }

    private final PeerSettings settings;
    private final Supplier<Roster> roster;
    private final Partition partition;
    private final Inbound inbound;
    private final Log log;
    private final Map<Integer, PeerLink> links = new TreeMap<>();
    private final Map<Integer, PeerCounters> counters = new TreeMap<>();
    private final Map<Integer, String> httpAddresses = new ConcurrentHashMap<>();
    private final PeerListener listener;

    /// `socket` is bound already: a port that is taken is a matter of the configuration. `roster` tells the latest.
    public PeerNetwork(
            PeerSettings settings,
            ServerSocket socket,
            Partition partition,
            Supplier<Roster> roster,
            Inbound inbound,
            Log log) {
        this.settings = settings;
        this.roster = roster;
        this.partition = partition;
        this.inbound = inbound;
        this.log = log;
        for (Map.Entry<Integer, InetSocketAddress> peer : settings.peers().entrySet()) {
            PeerCounters counter = new PeerCounters();
            counters.put(peer.getKey(), counter);
            links.put(peer.getKey(), new PeerLink(this, peer.getKey(), peer.getValue(), settings, counter, log));
        }
        listener = new PeerListener(this, settings, socket, log);
    }

    public void start() {
        listener.start();
        for (PeerLink link : links.values()) {
            link.start();
        }
    }

    @Override
    public void send(int to, Bytes packet) {
        say(to, new Word.Packet(packet));
    }

    /// Returns false if the question certainly never leaves this node. `id` is the asker's.
    public boolean ask(int to, long id, Bytes question) {
        return say(to, new Word.Ask(id, question));
    }

    public void tell(int to, long id, Bytes answer) {
        say(to, new Word.Tell(id, answer));
    }

    /// What a partition swallows has left as far as the speaker knows.
    private boolean say(int to, Word word) {
        PeerLink link = links.get(to);
        return link != null && (partition.swallowsTo(to) || link.send(word.encode()));
    }

    @Override
    public void close() {
        listener.close();
        for (PeerLink link : links.values()) {
            link.close();
        }
    }

    // ---- what links and listener ask and tell --------------------------------------------------------------

    /// Why nothing is exchanged with this node, or empty. Asked at every greeting, and again whenever something comes.
    String refusal(Hello hello) {
        String refusal = Greeting.refusal(settings, hello);
        return refusal.isEmpty() ? roster.get().refusal(hello) : refusal;
    }

    /// What this node says of itself.
    Hello helloTo(int peer) {
        return settings.helloTo(peer, roster.get().since());
    }

    void heard(Hello hello) {
        httpAddresses.put(hello.from(), hello.http());
        links.get(hello.from()).nudge();
        log.debug("hears node " + hello.from());
    }

    void received(int from, Bytes frame) {
        counters.get(from).received(frame.size());
        if (partition.swallowsFrom(from)) {
            return;
        }
        switch (Word.decode(frame)) {
            case Word.Packet(Bytes packet) -> inbound.packet(from, packet);
            case Word.Ask(long id, Bytes question) -> inbound.asked(from, id, question);
            case Word.Tell(long id, Bytes answer) -> inbound.told(from, id, answer);
            case Word.Unknown _ -> log.debug("ignores a frame of an unknown kind from node " + from);
        }
    }

    void lost(int peer) {
        inbound.lost(peer);
    }

    // ---- what operators may know ---------------------------------------------------------------------------

    /// Where a peer answers HTTP, as it said itself; null if it was never heard.
    public String httpAddress(int peer) {
        return httpAddresses.get(peer);
    }

    public boolean isConnected(int peer) {
        PeerLink link = links.get(peer);
        return link != null && link.isConnected();
    }

    public Map<Integer, PeerCounters> counters() {
        return counters;
    }
}
