package holdfast.server.disk;

/// How large the slices are in which a file is filled ([ZeroFilling]).
///
/// An append that comes while a slice is written waits for that slice and for nothing else. So a slice is small, or as large
/// as the largest append while this file and the one before it were filled: who appends much at a time must not find the next
/// segment unfinished for that, and what it waits for a slice is little beside its own bytes. The small syncs between large
/// ones (a descriptor, META) say nothing about what is appended.
final class FillingPace {

    static final int SLICE_BYTES = 64 << 10;
    static final int SLICE_BYTES_MAX = 2 << 20;

    private boolean isAnybodyThere;
    private long largest;
    private long largestBefore;

    /// A sync has made so many bytes durable.
    void synced(long bytes) {
        isAnybodyThere = true;
        largest = Math.max(largest, bytes);
    }

    /// The next file is filled from here on.
    void begins() {
        largestBefore = largest;
        largest = 0;
    }

    /// Before the first sync nobody waits.
    int sliceBytes() {
        return !isAnybodyThere ? SLICE_BYTES_MAX
                : Math.clamp(Math.max(largest, largestBefore), SLICE_BYTES, SLICE_BYTES_MAX);
    }
}
