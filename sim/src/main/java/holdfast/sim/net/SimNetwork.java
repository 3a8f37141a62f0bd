package holdfast.sim.net;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.EventQueue;
import holdfast.sim.kernel.Purpose;
import holdfast.sim.plan.Cluster.Noise;
import java.util.ArrayDeque;

/// Packets between nodes. Each has a delay of its own, so they overtake each other; each may be lost, arrive twice, or
/// arrive once more so much later that terms have changed in between.
///
/// All draws are keyed by the link and the ordinal of the packet on it, and a packet that is dropped or held back
/// counts as well: a fault on one packet changes nothing for the others.
///
/// A link is checked when a packet enters it: what is already on the way arrives even if the link is cut meanwhile.
public final class SimNetwork {

    /// Where packets arrive.
    @FunctionalInterface
    public interface Delivery {

        /// @param number of the packet on its link, from 0; copies of a packet have the same
        void deliver(int from, int to, long number, Bytes packet);
    }

    /// Packets that one clogged link holds back; the oldest gives way.
    static final int WAITING_MAX = 1024;

    /// Late copies under way at once in the whole network; beyond it, packets have none.
    static final int LATE_MAX = 1024;

    /// Keeps the key of a link independent of the number of nodes.
    private static final long LINK_STRIDE = 64;

    /// A late copy is late by at least this part of its bound.
    private static final int LATE_SHARE_MIN = 8;

    /// One direction between two nodes.
    private final class Link {

        private final int from;
        private final int to;
        private final long key;
        private final ArrayDeque<Arrival> waiting = new ArrayDeque<>();
        private long packets;
        private int cuts;
        private int clogs;

        Link(int from, int to) {
            this.from = from;
            this.to = to;
            this.key = from * LINK_STRIDE + to;
        }

        void unclog() {
            clogs = 0;
            while (!waiting.isEmpty()) {
                Arrival held = waiting.removeFirst();
                queue.after(delay(this, held.ordinal), held);
            }
        }
    }

    /// A packet on its way.
    private final class Arrival implements EventQueue.Task {

        private final Link link;
        private final long ordinal;
        private final Bytes packet;
        private final boolean isLate;

        Arrival(Link link, long ordinal, Bytes packet, boolean isLate) {
            this.link = link;
            this.ordinal = ordinal;
            this.packet = packet;
            this.isLate = isLate;
        }

        @Override
        public void run() {
            if (isLate) {
                lateUnderWay--;
            }
            delivery.deliver(link.from, link.to, ordinal, packet);
        }
    }

    private final int nodes;
    private final Entropy entropy;
    private final EventQueue queue;
    private final Delivery delivery;
    private final Link[] links;
    private final boolean[] isolated;
    private Noise noise;
    private boolean isCalm;
    private int lateUnderWay;
    private long sent;
    private long lost;
    private long duplicated;
    private long late;
    private long cut;

    public SimNetwork(int nodes, Noise noise, Entropy entropy, EventQueue queue, Delivery delivery) {
        this.nodes = nodes;
        this.noise = noise;
        this.entropy = entropy;
        this.queue = queue;
        this.delivery = delivery;
        links = new Link[nodes * nodes];
        isolated = new boolean[nodes + 1];
        for (int from = 1; from <= nodes; from++) {
            for (int to = 1; to <= nodes; to++) {
                links[(from - 1) * nodes + to - 1] = new Link(from, to);
            }
        }
    }

    private Link link(int from, int to) {
        Check.that(from >= 1 && from <= nodes && to >= 1 && to <= nodes && from != to, "two nodes", from, to);
        return links[(from - 1) * nodes + to - 1];
    }

    // ---- packets -------------------------------------------------------------------------------------------

    public void send(int from, int to, Bytes packet) {
        Link link = link(from, to);
        long ordinal = link.packets++;
        sent++;
        if (link.cuts > 0 || isolated[from] || isolated[to]) {
            cut++;
            return;
        }
        if (entropy.chance(Purpose.NETWORK_LOSS, link.key, ordinal, noise.lossPpm())) {
            lost++;
            return;
        }
        arrive(link, new Arrival(link, ordinal, packet, false), delay(link, ordinal));
        if (entropy.chance(Purpose.NETWORK_DUPLICATE, link.key, 2 * ordinal, noise.duplicatePpm())) {
            duplicated++;
            long again = entropy.skewed(Purpose.NETWORK_DUPLICATE, link.key, 2 * ordinal + 1, noise.delayMicros());
            arrive(link, new Arrival(link, ordinal, packet, false), again);
        }
        if (entropy.chance(Purpose.NETWORK_LATE, link.key, 2 * ordinal, noise.latePpm())) {
            repeatLate(link, ordinal, packet);
        }
    }

    /// The number that the next packet on this link will have.
    public long nextNumber(int from, int to) {
        return link(from, to).packets;
    }

    private long delay(Link link, long ordinal) {
        return entropy.skewed(Purpose.NETWORK_DELAY, link.key, ordinal, noise.delayMicros());
    }

    private void arrive(Link link, Arrival arrival, long delay) {
        if (link.clogs == 0) {
            queue.after(delay, arrival);
            return;
        }
        if (link.waiting.size() == WAITING_MAX) {
            link.waiting.removeFirst();
            lost++;
        }
        link.waiting.addLast(arrival);
    }

    /// The copy takes another way: a clog does not hold it back.
    private void repeatLate(Link link, long ordinal, Bytes packet) {
        if (lateUnderWay == LATE_MAX) {
            return;
        }
        lateUnderWay++;
        late++;
        long most = noise.lateMicros();
        long micros = entropy.between(
                Purpose.NETWORK_LATE, link.key, 2 * ordinal + 1, most / LATE_SHARE_MIN, most);
        queue.after(micros, new Arrival(link, ordinal, packet, true));
    }

    // ---- links ---------------------------------------------------------------------------------------------

    /// From now on packets from `from` to `to` are dropped, until [#join] has been called as often as this.
    public void cut(int from, int to) {
        Link link = link(from, to);
        if (!isCalm) {
            link.cuts++;
        }
    }

    public void join(int from, int to) {
        Link link = link(from, to);
        if (!isCalm) {
            Check.that(link.cuts > 0, "only a cut link is joined", from, to);
            link.cuts--;
        }
    }

    /// From now on packets from `from` to `to` wait, until [#unclog] has been called as often as this. Then they all
    /// arrive, in the order of their delays.
    public void clog(int from, int to) {
        Link link = link(from, to);
        if (!isCalm) {
            link.clogs++;
        }
    }

    public void unclog(int from, int to) {
        Link link = link(from, to);
        if (isCalm) {
            return;
        }
        Check.that(link.clogs > 0, "only a clogged link is unclogged", from, to);
        if (--link.clogs == 0) {
            link.unclog();
        }
    }

    /// The faults end for good: packets are only delayed, every link is open, and what would still cut, join, clog or
    /// unclog one does nothing. Late copies that are under way arrive.
    public void calm() {
        isCalm = true;
        noise = noise.calmed();
        for (Link link : links) {
            link.cuts = 0;
            link.unclog();
        }
    }

    /// Nothing that this node sends from now on arrives, and nothing that is sent to it, also after the calm.
    public void isolate(int node) {
        isolated[node] = true;
    }

    public void rejoin(int node) {
        isolated[node] = false;
    }

    // ---- what the world may know ---------------------------------------------------------------------------

    /// Packets that nodes have sent.
    public long sent() {
        return sent;
    }

    /// Packets that noise has swallowed, or a clogged link that was full.
    public long lost() {
        return lost;
    }

    /// Packets that arrive twice.
    public long duplicated() {
        return duplicated;
    }

    /// Packets of which a late copy was made.
    public long late() {
        return late;
    }

    /// Packets that met a cut link.
    public long cut() {
        return cut;
    }
}
