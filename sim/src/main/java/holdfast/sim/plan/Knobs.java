package holdfast.sim.plan;

/// The configuration of every node that a plan varies; times in microseconds, but the machine counts in milliseconds. The
/// meaning of each is that of the field of the same name in [holdfast.raft.RaftConfig], [holdfast.wal.WalConfig],
/// [holdfast.node.NodeConfig] and `holdfast.stream.ProducerBounds`.
public record Knobs(
        long electionTimeoutMicros,
        long heartbeatMicros,
        int entriesPerMessageMax,
        int messageBytesMax,
        int windowMessages,
        long uncommittedBytesMax,
        int segmentBytes,
        int descriptorSlots,
        int batchBytesMax,
        long idleDescriptorMicros,
        long snapshotEveryBytes,
        int trailingEntries,
        int snapshotPieceBytes,
        int writesMax,
        int readsMax,
        int readRecordsMax,
        int producersMax,
        long producerRetentionMillis) {

    /// What a small, ordinary cluster in a simulation has: roomy bounds, short timeouts.
    public static final Knobs ORDINARY = new Knobs(
            150_000, 30_000, 64, 64 << 10, 8, 1 << 20,
            256 << 10, 512, 64 << 10, 50_000,
            48 << 10, 32, 8 << 10, 256, 256, 64, 4_096, 900_000);
}
