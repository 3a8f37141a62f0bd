package holdfast.server.streams;

/// What the protocol's face is told once.
///
/// @param cluster names the cluster in read tokens; no colon
/// @param session this process's life, greater than that of any before it on this node: wall-clock milliseconds
///     at its start will do
/// @param longPollMillis how long a long-poll waits for something new
/// @param sseMillis how long an event stream stays open
/// @param sseIdleMillis after how long without an event a comment is sent
/// @param holdMillis how long a request is held while there is no leader
/// @param chunkBytesMax a read's answer ends with the append that brings it to so much
/// @param chunkRecordsMax bound on the records of one answer
/// @param commandBytesMax bound on the encoded size of one command, as the node has it
public record StreamsConfig(
        String cluster,
        long session,
        int longPollMillis,
        int sseMillis,
        int sseIdleMillis,
        int holdMillis,
        int chunkBytesMax,
        int chunkRecordsMax,
        int commandBytesMax) {

    /// Production's choice.
    public static StreamsConfig of(String cluster, long session, int commandBytesMax) {
        return new StreamsConfig(cluster, session, 20_000, 60_000, 15_000, 3_000, 1 << 20, 10_000, commandBytesMax);
    }

    public StreamsConfig withLongPollMillis(int millis) {
        return new StreamsConfig(
                cluster, session, millis, sseMillis, sseIdleMillis, holdMillis, chunkBytesMax, chunkRecordsMax,
                commandBytesMax);
    }
}
