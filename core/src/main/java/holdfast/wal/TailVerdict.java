package holdfast.wal;

import holdfast.Bytes;

/// What the bytes are that follow the last whole batch of a segment. By the rule of one batch in flight there is
/// nothing to guess: whatever is followed by something younger was durable once.
///
/// @param evidence why it is damage, else empty
/// @param hasBegun whether a frame of the next batch was written, which proves all batches before it
record TailVerdict(Kind kind, String evidence, boolean hasBegun) {

    enum Kind {
        /// Nothing was written there.
        END,
        /// A batch whose sync never returned: nothing of it was ever acknowledged.
        TORN,
        /// Something that was durable, and is not what it was.
        CORRUPT
    }

    private static TailVerdict corrupt(String evidence) {
        return new TailVerdict(Kind.CORRUPT, evidence, false);
    }

    /// Judges what begins at `begin`, where batch `batchNo` should stand; its frames are valid up to `validEnd`.
    static TailVerdict of(FileContent content, SegmentHeader segment, int begin, int validEnd, long batchNo) {
        Bytes bytes = Bytes.wrap(content.bytes());
        int size = bytes.size();
        byte[] header = new byte[Frame.HEADER_BYTES];
        Checksum checksum = Checksum.of(segment.owner());
        boolean hasBegun = validEnd > begin;
        int at = validEnd;
        while (at < size) {
            if (!Frame.hasHeader(checksum, bytes, at, header)) {
                at = Raw.aligned(at + 1, Raw.BLOCK);
                continue;
            }
            if (Raw.getLong(header, Frame.AT_SEGMENT) != segment.segSeq()
                    || Raw.getLong(header, Frame.AT_POSITION) != at) {
                return corrupt("the frame at " + at + " belongs to position "
                        + Raw.getLong(header, Frame.AT_POSITION) + " of segment "
                        + Raw.getLong(header, Frame.AT_SEGMENT));
            }
            if (Raw.getLong(header, Frame.AT_BATCH) != batchNo) {
                return corrupt("batch " + Raw.getLong(header, Frame.AT_BATCH) + " stands behind it at " + at);
            }
            hasBegun = true;
            long end = at + (long) Frame.HEADER_BYTES + Math.max(0, Raw.getInt(header, Frame.AT_LENGTH));
            at = end >= size ? size : Raw.aligned((int) end, Raw.BLOCK);
        }
        return ofBytes(content, segment, begin, validEnd, hasBegun);
    }

    /// No frame says anything. A first block of zeros was never written: a crash may leave out the first block of a
    /// batch and keep others, but a younger batch cannot exist then.
    private static TailVerdict ofBytes(
            FileContent content, SegmentHeader segment, int begin, int validEnd, boolean hasBegun) {
        int size = content.bytes().length;
        boolean isZero = Raw.isZero(content.bytes(), validEnd, size);
        int firstEnd = Math.min(size, begin + Raw.BLOCK);
        boolean isUntouched = content.isReadable(begin, firstEnd) && Raw.isZero(content.bytes(), begin, firstEnd);
        if (isUntouched) {
            return new TailVerdict(isZero ? Kind.END : Kind.TORN, "", hasBegun);
        }
        int reach = (int) Math.min(size, (long) begin + segment.batchBytesMax());
        if (!content.isReadable(validEnd, reach)) {
            return corrupt("the disk refuses to read it");
        }
        return Raw.isZero(content.bytes(), reach, size)
                ? new TailVerdict(Kind.TORN, "", hasBegun)
                : corrupt("there is more than one batch could leave behind");
    }
}
