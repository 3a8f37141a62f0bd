package holdfast.sim.world;

import holdfast.Digest;
import holdfast.node.NodeConfig;
import holdfast.raft.RaftConfig;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;
import holdfast.sim.plan.Knobs;
import holdfast.stream.ProducerBounds;
import holdfast.wal.StoreId;
import holdfast.wal.WalConfig;
import java.util.function.LongUnaryOperator;

/// From a plan's knobs to what a node is told.
final class NodeConfigs {

    /// A read may wait this many election timeouts for its confirmation.
    private static final int READ_TIMEOUTS = 4;

    /// A piece of a snapshot is sent again after this many heartbeats.
    private static final int RESEND_HEARTBEATS = 2;

    private static final long CLUSTER = 0;

    private final int node;
    private final Knobs knobs;
    private final Jitter jitter;

    NodeConfigs(int node, Knobs knobs, Entropy entropy) {
        this.node = node;
        this.knobs = knobs;
        jitter = new Jitter(node, entropy);
    }

    /// For a process that finds this store in its machine: a start reads the disk's id from the disk.
    NodeConfig on(StoreId store) {
        return on(store, jitter);
    }

    /// For a process that ends before anything happens in it by time.
    NodeConfig rehearsedOn(StoreId store) {
        return on(store, _ -> 0);
    }

    private NodeConfig on(StoreId store, LongUnaryOperator timeouts) {
        RaftConfig raft = new RaftConfig(
                node,
                knobs.electionTimeoutMicros(),
                knobs.heartbeatMicros(),
                knobs.entriesPerMessageMax(),
                knobs.messageBytesMax(),
                knobs.windowMessages(),
                knobs.uncommittedBytesMax(),
                knobs.readsMax(),
                timeouts);
        WalConfig wal = new WalConfig(
                store.clusterId(),
                node,
                store.diskUuid(),
                knobs.segmentBytes(),
                knobs.descriptorSlots(),
                knobs.batchBytesMax(),
                knobs.idleDescriptorMicros());
        return new NodeConfig(
                raft,
                wal,
                knobs.snapshotEveryBytes(),
                knobs.trailingEntries(),
                knobs.snapshotPieceBytes(),
                RESEND_HEARTBEATS * knobs.heartbeatMicros(),
                READ_TIMEOUTS * knobs.electionTimeoutMicros(),
                wal.payloadBytesMax(),
                knobs.writesMax(),
                knobs.readsMax(),
                knobs.readRecordsMax(),
                new ProducerBounds(knobs.producersMax(), knobs.producerRetentionMillis()));
    }

    static Digest clusterId(Entropy entropy) {
        return identity(entropy, CLUSTER);
    }

    /// The id of the universe's drive of that number.
    static Digest diskId(Entropy entropy, int drive) {
        return identity(entropy, drive);
    }

    private static Digest identity(Entropy entropy, long of) {
        return new Digest(
                entropy.bits(Purpose.CLUSTER_IDENTITY, of, 0), entropy.bits(Purpose.CLUSTER_IDENTITY, of, 1));
    }

    /// A node's own source of election timeouts; it outlives the process, so that no life repeats another's draws.
    private static final class Jitter implements LongUnaryOperator {

        private final int node;
        private final Entropy entropy;
        private long drawn;

        Jitter(int node, Entropy entropy) {
            this.node = node;
            this.entropy = entropy;
        }

        @Override
        public long applyAsLong(long bound) {
            return entropy.below(Purpose.ELECTION_TIMEOUT, node, drawn++, bound);
        }
    }
}
