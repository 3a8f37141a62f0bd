package holdfast.server.peer;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.raft.Member;
import holdfast.raft.Membership;
import holdfast.server.Log;
import holdfast.server.config.HostPort;
import java.net.ServerSocket;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// One node's end of the wire, and what it has heard.
final class End implements PeerNetwork.Inbound, AutoCloseable {

    static final Digest CLUSTER = new Digest(7, 7);

    /// Voters 1 and 2 are on the disks that they speak from.
    private static final Roster ROSTER = new Roster(
            new Membership(List.of(new Member(1, new Digest(1, 1), 0), new Member(2, new Digest(2, 2), 0), Member.unbound(3))),
            0);

    /// So long that no connection is given up within a test because the machine is busy.
    private static final long ELECTION_MILLIS = 60_000;

    private static final AtomicLong SESSIONS = new AtomicLong();

    record Packet(int from, Bytes bytes) {}

    final Partition partition = new Partition();
    final LinkedBlockingQueue<Packet> heard = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<Integer> lost = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<Integer> arrivals = new LinkedBlockingQueue<>();
    final PeerNetwork network;

    End(PeerSettings settings, ServerSocket socket) {
        network = new PeerNetwork(settings, socket, partition, () -> ROSTER, this, Log.silent());
        network.start();
    }

    /// A node that knows one other, on loopback; each has a session of its own.
    static End start(Digest cluster, int self, Digest disk, ServerSocket socket, int peer, int port) {
        return start(cluster, self, disk, socket, peer, new HostPort("127.0.0.1", port), ELECTION_MILLIS);
    }

    static End start(
            Digest cluster, int self, Digest disk, ServerSocket socket, int peer, HostPort other, long electionMillis) {
        TreeMap<Integer, HostPort> peers = new TreeMap<>();
        peers.put(peer, other);
        return new End(
                new PeerSettings(
                        cluster, self, disk, "127.0.0.1:" + (8_000 + self), peers, electionMillis,
                        SESSIONS.incrementAndGet()),
                socket);
    }

    /// What is empty says nothing.
    @Override
    public boolean packet(int from, Bytes packet) {
        return !packet.isEmpty() && heard.add(new Packet(from, packet));
    }

    @Override
    public boolean asked(int from, long id, Bytes question) {
        network.tell(from, id, Bytes.utf8(question.utf8() + "!"));
        return true;
    }

    @Override
    public boolean told(int from, long id, Bytes answer) {
        return answers.add(id + " " + answer.utf8());
    }

    @Override
    public void arriving(int from) {
        arrivals.add(from);
    }

    @Override
    public void lost(int peer) {
        lost.add(peer);
    }

    /// Sends until something arrives at the other end: packets may be lost while a connection is made, and small and large
    /// ones have a connection each.
    void sayUntilHeard(int to, Bytes said, End listener) throws InterruptedException {
        Packet packet = null;
        while (packet == null || !packet.bytes().equals(said)) {
            network.send(to, said);
            packet = listener.heard.poll(20, TimeUnit.MILLISECONDS);
        }
    }

    void sayUntilHeard(int to, String text, End listener) throws InterruptedException {
        sayUntilHeard(to, Bytes.utf8(text), listener);
    }

    @Override
    public void close() {
        network.close();
    }
}
