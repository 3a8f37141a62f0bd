package holdfast.sim.plan;

/// What a plan may ask for. Wide enough for every sensible universe; beyond it a run would not end, not fit into
/// memory, or could not live even without a fault, so that its verdict would say nothing.
final class PlanBounds {

    static final int TEXT_CHARS_MAX = 1 << 20;
    static final int FAULTS_MAX = 1000;
    static final int FAULT_ID_MAX = 1 << 20;
    static final int NODES_MAX = 7;

    static final long CALM_MICROS_MAX = 600_000_000;
    static final long FAULT_MICROS_MAX = 60_000_000;
    static final int FACTOR_MAX = 1000;
    static final int AGAIN_MAX = 1_000;
    static final long LEFT_BYTES_MAX = 1L << 40;
    /// Ten years.
    static final long JUMP_MILLIS_MAX = 10L * 365 * 86_400_000;

    static final long TURN_MICROS_MAX = 10_000;
    static final int DRIFT_PPM_MAX = 100_000;
    static final int MILLION = 1_000_000;
    static final int MICROS_PER_MILLI = 1_000;
    static final long DELAY_MICROS_MAX = 1_000_000;
    static final long LATE_MICROS_MAX = 10_000_000;

    static final long ELECTION_MICROS_MIN = 20_000;
    static final long ELECTION_MICROS_MAX = 10_000_000;
    static final long HEARTBEAT_MICROS_MIN = 1_000;
    /// A candidate asks and is answered through the tail of the delays.
    static final int ELECTION_DELAYS_MIN = 10;
    static final int ELECTION_TURNS_MIN = 20;
    static final int ELECTION_HEARTBEATS_MIN = 2;

    static final int COUNT_MAX = 100_000;
    static final int WINDOW_MAX = 1000;
    static final int BYTES_MAX = 1 << 26;
    static final int SEGMENT_BYTES_MAX = 1 << 24;
    static final int SLOTS_MAX = 1 << 16;
    static final int PIECE_BYTES_MIN = 64;
    static final int PIECE_BYTES_MAX = 1 << 20;
    static final int BLOCK = 4096;
    static final int SLOTS_PER_BLOCK = 64;
    /// The two copies of a segment's header.
    static final int HEADER_BYTES = 2 * BLOCK;

    static final int CLIENTS_MAX = 64;

    /// Of clients that use every verb.
    static final int VERB_CLIENTS_MAX = 16;
    static final int OPERATIONS_MAX = 100_000;
    static final int STREAMS_MAX = 1000;
    static final int RECORDS_MAX = 10_000;
    static final long CLIENT_MICROS_MAX = 600_000_000;
    static final long PRODUCER_MICROS_MAX = 3_600_000_000L;
    static final int ATTEMPTS_MAX = 1000;

    /// What a record takes in a batch besides its bytes: its length, and the mark that makes it unlike all others.
    static final int RECORD_OVERHEAD = 32;
    /// What an append takes in a batch besides its records: names, frame, seal, and what a batch keeps free.
    static final int APPEND_OVERHEAD = 1024;

    private PlanBounds() {}

    /// The smallest segment that has room for its header, its proofs of durability and one whole batch.
    static long segmentBytesMin(long descriptorSlots, long batchBytes) {
        return HEADER_BYTES + descriptorSlots * (BLOCK / SLOTS_PER_BLOCK) + batchBytes;
    }

    /// The smallest batch that has room for the largest append.
    static long batchBytesMin(long records, long recordBytes) {
        return APPEND_OVERHEAD + records * (RECORD_OVERHEAD + recordBytes);
    }
}
