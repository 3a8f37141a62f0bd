package holdfast.sim.world;

import holdfast.env.DiskResult;
import holdfast.raft.Member;
import holdfast.raft.Membership;
import holdfast.sim.disk.DiskTiming;
import holdfast.sim.disk.FsProfiles;
import holdfast.sim.disk.SimDisk;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.EventQueue;
import holdfast.sim.plan.Cluster;
import holdfast.wal.StoreId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Which drive is in which machine, and which should be. A drive with a store is formatted by the production code as an
/// operator would do it, with the formation of this universe; its disk id is its own.
final class Bays {

    /// Who hears of completions: the machine that the drive is in.
    @FunctionalInterface
    interface Completion {
        void diskDone(int node, long operation, DiskResult result);
    }

    /// The machine on which the operator made the formation.
    static final int FOUNDER = 1;


    private final Cluster cluster;
    private final Entropy entropy;
    private final EventQueue queue;
    private final Completion completion;
    private final Membership first;
    private final List<Drive> all = new ArrayList<>();
    private final Drive[] own;
    private final Drive[] mounted;

    Bays(Cluster cluster, Entropy entropy, EventQueue queue, Completion completion) {
        this.cluster = cluster;
        this.entropy = entropy;
        this.queue = queue;
        this.completion = completion;
        own = new Drive[cluster.nodes() + 1];
        mounted = new Drive[cluster.nodes() + 1];
        first = cluster.isForming()
                ? Membership.founded(ids(cluster.nodes()), FOUNDER, NodeConfigs.diskId(entropy, FOUNDER))
                : new Membership(ids(cluster.nodes()).stream()
                        .map(node -> new Member(node, NodeConfigs.diskId(entropy, node), 0))
                        .toList());
        for (int node = 1; node <= cluster.nodes(); node++) {
            fit(node);
        }
    }

    private static List<Integer> ids(int nodes) {
        return IntStream.rangeClosed(1, nodes).boxed().toList();
    }

    /// Puts a new drive with a fresh store into the machine; the one before goes to the drawer.
    Drive fit(int node) {
        own[node] = empty(node);
        mounted[node] = own[node];
        Forming.format(own[node].disk(), own[node].store(), first);
        return own[node];
    }

    /// Puts a drive without a store into the machine; its own one waits beside it.
    Drive unmount(int node) {
        mounted[node] = empty(node);
        return mounted[node];
    }

    /// Puts the drive of another machine into this one.
    Drive misplace(int node, int other) {
        mounted[node] = own[other];
        return mounted[node];
    }

    /// Puts the machine's own drive back.
    Drive putBack(int node) {
        mounted[node] = own[node];
        return mounted[node];
    }

    private Drive empty(int node) {
        int number = all.size() + 1;
        StoreId store = new StoreId(NodeConfigs.clusterId(entropy), node, NodeConfigs.diskId(entropy, number));
        SimDisk disk = new SimDisk(
                number, FsProfiles.named(cluster.machines().get(node - 1).profile()), DiskTiming.VIRTIO, entropy, queue,
                (operation, result) -> completed(number, operation, result));
        all.add(new Drive(number, disk, store));
        return all.getLast();
    }

    private void completed(int number, long operation, DiskResult result) {
        for (int node = 1; node < mounted.length; node++) {
            if (mounted[node].number() == number) {
                completion.diskDone(node, operation, result);
            }
        }
    }

    /// What every drive says about the voters when it is new.
    Membership first() {
        return first;
    }

    /// The drive that belongs to the machine.
    Drive own(int node) {
        return own[node];
    }

    boolean isMisplaced(int node) {
        return mounted[node] != own[node];
    }

    /// Every drive that there ever was, by number from 1.
    List<Drive> all() {
        return all;
    }
}
