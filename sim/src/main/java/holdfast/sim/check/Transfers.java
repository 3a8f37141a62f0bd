package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import holdfast.sim.world.World;
import holdfast.wal.Snapshot;
import java.util.TreeMap;

/// A follower that has put a snapshot in force while its leader has a newer one already goes on by way of the log: the leader
/// keeps what comes behind the older one until the follower had time to take it. Otherwise whoever is written to fast enough
/// sends one snapshot after the other and brings nobody up.
public final class Transfers implements NodeOracle {

    private static final String NAME = "transfers";

    /// A leader heard that a snapshot of its own is in force, and has one that ends at `newest`.
    private record Installed(long term, long newest, long micros) {}

    private final World world;
    private final long patienceMicros;
    /// By leader and follower.
    private final TreeMap<Integer, TreeMap<Integer, Installed>> installed = new TreeMap<>();
    /// By leader: who has told it so in this turn, or 0.
    private final int[] heard;

    public Transfers(World world, long patienceMicros) {
        this.world = world;
        heard = new int[world.nodes() + 1];
        this.patienceMicros = patienceMicros;
    }

    /// Node `node` is about to act upon a message.
    public void taking(int node, int from, Message message, Replica replica) {
        Snapshot latest = replica.snapshots().latest();
        if (message instanceof Message.InstallSnapshotReply reply && reply.installed()
                && latest != null && reply.lastIndex() < latest.last().index()
                // A late copy, of a snapshot that the follower has long left behind, is no news.
                && replica.raft().matchIndex(from) < reply.lastIndex()) {
            heard[node] = from;
            installed.computeIfAbsent(node, _ -> new TreeMap<>())
                    .put(from, new Installed(reply.term(), latest.last().index(), world.queue().now()));
        }
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        TreeMap<Integer, Installed> byFollower = installed.get(node);
        if (byFollower == null || byFollower.isEmpty()) {
            return;
        }
        Raft raft = replica.raft();
        long now = world.queue().now();
        if (heard[node] != 0 && raft.needsSnapshot(heard[node])) {
            // What it has heard is of an older snapshot.
            byFollower.remove(heard[node]);
        }
        heard[node] = 0;
        byFollower.values().removeIf(one -> one.term != raft.term() || now - one.micros > patienceMicros || !raft.isLeader());
        byFollower.entrySet().removeIf(one -> raft.matchIndex(one.getKey()) >= one.getValue().newest);
        for (int follower : byFollower.keySet()) {
            if (raft.needsSnapshot(follower)) {
                throw new Violation(NAME, "node " + node + " has forgotten what follows the snapshot that node " + follower
                        + " has put in force " + (now - byFollower.get(follower).micros) + " us ago");
            }
        }
    }

    /// What a follower forgets with its process is no fault of the leader.
    @Override
    public void processEnded(int node) {
        heard[node] = 0;
        installed.remove(node);
        installed.values().forEach(byFollower -> byFollower.remove(node));
    }
}
