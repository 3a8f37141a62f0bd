package holdfast.wal;

import holdfast.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// One segment as it was read: its whole batches in order, and a verdict on what follows them.
final class SegmentScan {

    /// The segment after this one is gone, or there is none: nobody says where the live bytes end.
    static final int UNKNOWN_END = -1;

    /// A batch with its seal intact.
    record Found(long batchNo, int position, List<Frame> frames) {}

    private final FileContent content;
    private final SegmentHeader segment;
    private final Checksum checksum;
    private final int knownEnd;
    private final Bytes bytes;
    private final byte[] header = new byte[Frame.HEADER_BYTES];
    private final List<Found> batches = new ArrayList<>();
    private final TreeMap<Integer, Frame> framesAt = new TreeMap<>();
    private int end;
    private List<Frame> prefix = List.of();
    private boolean isTorn;
    private boolean isLastProven;
    private Damage damage;

    private SegmentScan(FileContent content, SegmentHeader segment, int knownEnd) {
        this.content = content;
        this.segment = segment;
        checksum = Checksum.of(segment.owner());
        this.knownEnd = knownEnd;
        bytes = Bytes.wrap(content.bytes());
        end = segment.dataPosition();
    }

    /// @param knownEnd where the live bytes end according to the next segment, or [#UNKNOWN_END]
    static SegmentScan of(FileContent content, SegmentHeader segment, int knownEnd) {
        SegmentScan scan = new SegmentScan(content, segment, knownEnd);
        scan.scan();
        return scan;
    }

    /// What is damaged, or null. If there is something, the rest of this object means nothing.
    Damage damage() {
        return damage;
    }

    List<Found> batches() {
        return batches;
    }

    /// Where the last whole batch ends.
    int end() {
        return end;
    }

    /// Valid frames of a torn batch, without a gap from its beginning.
    List<Frame> prefix() {
        return prefix;
    }

    boolean isTorn() {
        return isTorn;
    }

    /// Whether the last whole batch is known to have been durable: it has a descriptor, or a younger batch was begun.
    boolean isLastProven() {
        return isLastProven;
    }

    long lastBatchNo() {
        return segment.lastBatchNo() + batches.size();
    }

    private void scan() {
        int limit = knownEnd == UNKNOWN_END ? bytes.size() : knownEnd;
        while (end < limit && scanBatch(limit)) {
            continue;
        }
        if (knownEnd == UNKNOWN_END) {
            judgeTail();
        } else if (end != knownEnd) {
            damage = damaged("it does not verify, and the next segment says that it was durable");
        }
        if (damage == null) {
            checkDescriptors();
        }
    }

    /// Reads the batch that should stand at [#end]. Returns whether it is whole.
    private boolean scanBatch(int limit) {
        long batchNo = lastBatchNo() + 1;
        ArrayList<Frame> frames = new ArrayList<>();
        int at = end;
        prefix = frames;
        while (at < limit) {
            Frame frame = Frame.decode(checksum, bytes, at, segment.segSeq(), at, header);
            if (frame == null || frame.batchNo() != batchNo || Frame.placeInBatch(header) != frames.size()) {
                return false;
            }
            if (frame.kind() == FrameKind.SEAL) {
                return Batch.isSealOf(checksum, frame, content.bytes(), end, frames.size())
                        && accept(frames, at + frame.length());
            }
            frames.add(frame);
            at += frame.length();
        }
        return false;
    }

    private boolean accept(List<Frame> frames, int sealEnd) {
        for (Frame frame : frames) {
            framesAt.put(frame.position(), frame);
        }
        batches.add(new Found(lastBatchNo() + 1, end, frames));
        end = Raw.aligned(sealEnd, Raw.BLOCK);
        prefix = List.of();
        return true;
    }

    private void judgeTail() {
        int validEnd = prefix.isEmpty() ? end : prefix.getLast().position() + prefix.getLast().length();
        TailVerdict verdict = TailVerdict.of(content, segment, end, validEnd, lastBatchNo() + 1);
        isLastProven = verdict.hasBegun();
        switch (verdict.kind()) {
            case END -> {}
            case TORN -> isTorn = true;
            case CORRUPT -> damage = damaged("it does not verify, and it was durable: " + verdict.evidence());
        }
    }

    /// A descriptor was written when its frame was durable. One that does not verify says nothing, and a frame does
    /// not need one. Behind the last whole batch a drive may have put what belongs elsewhere, and so have destroyed two blocks:
    /// descriptors in the place of the very batch that they prove, or a batch in the place of its descriptors.
    private void checkDescriptors() {
        checkDescriptors(SegmentHeader.COPIES_BYTES, descriptorsEnd());
        for (int block = SegmentHeader.COPIES_BYTES; damage == null && block + Raw.BLOCK <= bytes.size(); block += Raw.BLOCK) {
            block = block == segment.dataPosition() ? end : block;
            checkMisplaced(block);
        }
    }

    private void checkMisplaced(int block) {
        if (block >= end && block + Raw.BLOCK <= bytes.size()
                && Descriptor.decode(checksum, content.bytes(), block) != null) {
            checkDescriptors(block, block + Raw.BLOCK);
            return;
        }
        long position = Frame.placeOf(checksum, bytes, block, segment.segSeq(), header);
        if (knownEnd == UNKNOWN_END && position >= end && position != block) {
            damage = new Damage(content.name(), position, "the batch that belongs here stands at position " + block
                    + ", where the drive has put it");
        }
    }

    private void checkDescriptors(int from, int to) {
        for (int at = from; at < to; at += Descriptor.BYTES) {
            Descriptor descriptor = Descriptor.decode(checksum, content.bytes(), at);
            if (descriptor == null || descriptor.segSeq() != segment.segSeq()) {
                continue;
            }
            Frame frame = framesAt.get(descriptor.position());
            if (frame != null && descriptor.describes(frame)) {
                isLastProven |= descriptor.batchNo() == lastBatchNo();
            } else if (knownEnd == UNKNOWN_END || descriptor.position() < knownEnd) {
                damage = new Damage(content.name(), descriptor.position(), "batch " + descriptor.batchNo() + ", "
                        + indexesOf(descriptor.batchNo()) + ": a descriptor proves that it was durable");
                return;
            }
        }
    }

    private Damage damaged(String evidence) {
        long batchNo = lastBatchNo() + 1;
        return new Damage(content.name(), end, "batch " + batchNo + ", " + indexesOf(batchNo) + ": " + evidence);
    }

    /// Which entries a batch has that cannot be read: from its descriptors, else from what stands before it.
    private String indexesOf(long batchNo) {
        long first = Long.MAX_VALUE;
        long last = 0;
        for (int at = SegmentHeader.COPIES_BYTES; at < descriptorsEnd(); at += Descriptor.BYTES) {
            Descriptor descriptor = Descriptor.decode(checksum, content.bytes(), at);
            if (descriptor != null && descriptor.batchNo() == batchNo) {
                first = Math.min(first, descriptor.index());
                last = Math.max(last, descriptor.index());
            }
        }
        return last == 0 ? "what follows entry " + lastIndex() : "entries " + first + " to " + last;
    }

    private int descriptorsEnd() {
        return Math.min(segment.dataPosition(), bytes.size());
    }

    private long lastIndex() {
        long index = segment.prev().index();
        for (Frame frame : framesAt.values()) {
            switch (frame.kind()) {
                case ENTRY, CONFIG, SNAPSHOT_BASE -> index = frame.index();
                case TRUNCATE, ARCHIVE, SEAL -> {}
            }
        }
        return index;
    }
}
