package holdfast.wal;

/// A segment that is part of the log.
///
/// @param size of the file
/// @param end where its live bytes end, or [SegmentScan#UNKNOWN_END]
/// @param followsGap the segment before it is not here
/// @param isTail the newest one
/// @param badCopy the block of the copy of its header that does not verify, or -1
record LiveSegment(
        String name, long size, SegmentHeader header, int end, boolean followsGap, boolean isTail, int badCopy) {}
