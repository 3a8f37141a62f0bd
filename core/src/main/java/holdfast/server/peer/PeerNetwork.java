package holdfast.server.peer;

import holdfast.Bytes;
import holdfast.env.Network;
import holdfast.server.Log;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The [Network] over TCP: for each peer one [PeerLink] on each [Lane] for what this node says, and one [PeerListener] for
/// what it hears.
public final class PeerNetwork implements Network, AutoCloseable {

    /// Who takes in what peers say; called on the threads of the connections. What returns false has found no sense in the
    /// bytes: they were dropped, and the connection is not worth keeping.
    public interface Inbound {

        /// A message of the node itself.
        boolean packet(int from, Bytes packet);

        /// A peer asks something on behalf of a client; to be answered by [PeerNetwork#tell] with the same `id`.
        boolean asked(int from, long id, Bytes question);

        boolean told(int from, long id, Bytes answer);

        /// Bytes of a large message arrive that is not whole yet, and not slower than it may be.
        void arriving(int from);

        /// A connection with the peer has ended, in either direction: what was asked may never be answered.
        void lost(int peer);
    }

    private final PeerSettings settings;
    private final Supplier<Roster> roster;
    private final Partition partition;
    private final Inbound inbound;
    private final Log log;
    private final Complaints complaints;
    private final Map<Integer, Map<Lane, PeerLink>> links = new TreeMap<>();
    private final Map<Integer, PeerCounters> counters = new TreeMap<>();
    private final Map<Integer, String> httpAddresses = new ConcurrentHashMap<>();
    private final Map<Integer, InetAddress> addresses = new ConcurrentHashMap<>();
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
        complaints = new Complaints(log, System::nanoTime);
        for (int peer : settings.peers().keySet()) {
            PeerCounters counter = new PeerCounters();
            Map<Lane, PeerLink> lanes = new EnumMap<>(Lane.class);
            for (Lane lane : Lane.values()) {
                lanes.put(lane, new PeerLink(this, peer, lane, settings, counter, log));
            }
            counters.put(peer, counter);
            links.put(peer, lanes);
        }
        listener = new PeerListener(this, socket, complaints, log);
    }

    public void start() {
        listener.start();
        links.values().forEach(lanes -> lanes.values().forEach(PeerLink::start));
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

    /// What a partition swallows has left as far as the speaker knows. What no peer would take never leaves.
    private boolean say(int to, Word word) {
        Map<Lane, PeerLink> lanes = links.get(to);
        if (lanes == null) {
            return false;
        }
        if (partition.swallowsTo(to)) {
            return true;
        }
        Frame frame = word.frame();
        if (frame.payloadBytes() > PeerSettings.FRAME_BYTES_MAX) {
            counters.get(to).dropped(1);
            complaints.tell(Complaint.TOO_LARGE, "does not send " + frame.payloadBytes() + " bytes to node " + to
                    + ": a frame has " + PeerSettings.FRAME_BYTES_MAX + " at most");
            return false;
        }
        return lanes.get(Lane.of(word)).send(frame);
    }

    @Override
    public void close() {
        listener.close();
        links.values().forEach(lanes -> lanes.values().forEach(PeerLink::close));
    }

    // ---- what links and listener ask and tell --------------------------------------------------------------

    /// Why nothing is exchanged with this node, or empty. Asked at every greeting, and again whenever something comes.
    String refusal(Hello hello) {
        String refusal = Greeting.refusal(settings, hello);
        return refusal.isEmpty() ? roster.get().refusal(hello) : refusal;
    }

    /// What this node says of itself.
    Hello helloTo(int peer, Lane lane) {
        return settings.helloTo(peer, lane, roster.get().since());
    }

    /// Where a peer was looked for last.
    void expectsFrom(int peer, InetAddress address) {
        addresses.put(peer, address);
    }

    boolean isPeersAddress(InetAddress address) {
        return addresses.containsValue(address);
    }

    void heard(Hello hello) {
        httpAddresses.put(hello.from(), hello.http());
        links.get(hello.from()).values().forEach(link -> link.greeted(hello.session()));
        log.debug("hears node " + hello.from());
    }

    /// Returns whether the word said something.
    boolean received(int from, Word word, int bytes) {
        counters.get(from).received(bytes);
        if (partition.swallowsFrom(from)) {
            return true;
        }
        return switch (word) {
            case Word.Packet(Bytes packet) -> inbound.packet(from, packet);
            case Word.Ask(long id, Bytes question) -> inbound.asked(from, id, question);
            case Word.Tell(long id, Bytes answer) -> inbound.told(from, id, answer);
            case Word.Ping _, Word.Echo _ -> true;
            case Word.Unknown _ -> {
                log.debug("ignores a frame of an unknown kind from node " + from);
                yield true;
            }
        };
    }

    void arriving(int from) {
        if (!partition.swallowsFrom(from)) {
            inbound.arriving(from);
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

    /// Whether this node can say what keeps a cluster together.
    public boolean isConnected(int peer) {
        Map<Lane, PeerLink> lanes = links.get(peer);
        return lanes != null && lanes.get(Lane.PROMPT).isConnected();
    }

    public Complaints complaints() {
        return complaints;
    }

    public Map<Integer, PeerCounters> counters() {
        return counters;
    }
}
