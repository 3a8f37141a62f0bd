package holdfast.sim.world;

import holdfast.Digest;
import holdfast.node.NodeConfig;
import holdfast.raft.RaftConfig;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;
import holdfast.sim.plan.Knobs;
import holdfast.wal.WalConfig;
import java.util.function.LongUnaryOperator;

/// From a plan's knobs to what each node is told.
final class NodeConfigs {

    /// A read may wait this many election timeouts for its confirmation.
    private static final int READ_TIMEOUTS = 4;

    /// A piece of a snapshot is sent again after this many heartbeats.
    private static final int RESEND_HEARTBEATS = 2;

    private static final long CLUSTER = 0;

    private NodeConfigs() {}

    static NodeConfig of(int node, Knobs knobs, Entropy entropy) {
        RaftConfig raft = new RaftConfig(
                node,
                knobs.electionTimeoutMicros(),
                knobs.heartbeatMicros(),
                knobs.entriesPerMessageMax(),
                knobs.messageBytesMax(),
                knobs.windowMessages(),
                knobs.uncommittedBytesMax(),
                knobs.readsMax(),
                new Jitter(node, entropy));
        WalConfig wal = new WalConfig(
                identity(entropy, CLUSTER),
                node,
                identity(entropy, node),
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
                knobs.readRecordsMax());
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
