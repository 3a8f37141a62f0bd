package holdfast.wal;

import holdfast.raft.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What the live segments hold, taken in one after the other: the log, the places, and the tail that nothing
/// proves.
final class RecoveredLog {

    private final LogReplay replay;
    private final Places places;
    private final TreeSet<Long> segments = new TreeSet<>();
    private SegmentHeader tail;
    private long lastBatchNo;
    private long provenEnd;
    private long provenBatchNo;
    private LogPosition proven = LogPosition.ORIGIN;
    private List<Frame> unproven = List.of();
    private boolean isTorn;

    /// @param base what the snapshot covers
    RecoveredLog(LogPosition base) {
        replay = new LogReplay(base);
        places = new Places(base.index());
    }

    /// Takes in the next segment. Returns what is damaged, or null.
    Damage take(LiveSegment segment, FileContent content) {
        if (segment.size() != segment.header().segmentBytes()) {
            return new Damage(segment.name(), Damage.WHOLE,
                    "it has " + segment.size() + " bytes and should have " + segment.header().segmentBytes());
        }
        Damage entered = enter(segment);
        if (entered != null) {
            return entered;
        }
        SegmentScan scan = SegmentScan.of(content, segment.header(), segment.end());
        if (scan.damage() != null) {
            return scan.damage();
        }
        lastBatchNo = scan.lastBatchNo();
        return segment.isTail() ? takeTail(segment, scan) : takeAll(segment, scan, scan.batches().size());
    }

    private Damage enter(LiveSegment segment) {
        segments.add(segment.header().segSeq());
        tail = segment.header();
        if (segment.followsGap()) {
            replay.begin(segment.header());
            places.cutAfter(segment.header().prev().index());
            return null;
        }
        String wrong = replay.goOn(segment.header());
        if (wrong.isEmpty() && segment.header().lastBatchNo() != lastBatchNo) {
            wrong = "its header continues batch " + segment.header().lastBatchNo() + ", and the segment before ends"
                    + " with " + lastBatchNo;
        }
        return wrong.isEmpty() ? null : new Damage(segment.name(), 0, wrong);
    }

    private Damage takeAll(LiveSegment segment, SegmentScan scan, int count) {
        for (SegmentScan.Found batch : scan.batches().subList(0, count)) {
            Damage damage = takeFrames(segment, batch.frames(), batch.batchNo());
            if (damage != null) {
                return damage;
            }
        }
        return null;
    }

    /// By the rule of one batch in flight, at most one batch is unproven: the last whole one, or a torn one.
    private Damage takeTail(LiveSegment segment, SegmentScan scan) {
        int proofs = scan.batches().size() - (scan.batches().isEmpty() || scan.isLastProven() ? 0 : 1);
        boolean isLastUnproven = proofs < scan.batches().size();
        Damage damage = takeAll(segment, scan, proofs);
        if (damage != null) {
            return damage;
        }
        isTorn = scan.isTorn();
        proven = replay.last();
        provenBatchNo = segment.header().lastBatchNo() + proofs;
        provenEnd = isLastUnproven ? scan.batches().getLast().position() : scan.end();
        unproven = isLastUnproven ? scan.batches().getLast().frames() : scan.prefix();
        return takeFrames(segment, unproven, provenBatchNo + 1);
    }

    private Damage takeFrames(LiveSegment segment, List<Frame> frames, long batchNo) {
        for (Frame frame : frames) {
            String wrong = replay.take(frame);
            if (!wrong.isEmpty()) {
                return new Damage(segment.name(), frame.position(), "batch " + batchNo + ": " + wrong);
            }
            int length = Frame.HEADER_BYTES + frame.payload().size();
            places.take(frame.kind(), frame.index(), segment.header().segSeq(), frame.position(), length);
        }
        replay.endBatch();
        return null;
    }

    // ---- what came out -------------------------------------------------------------------------------------

    LogReplay log() {
        return replay;
    }

    Places places() {
        return places;
    }

    boolean isTorn() {
        return isTorn;
    }

    boolean isReplaced() {
        return replay.match() == LogReplay.Match.REPLACED;
    }

    /// What has to be written again: the frames of the unproven batch, without a truncation that has lost its
    /// entry. Also of a log that the snapshot replaces: what that log had committed was not archived for the snapshot.
    List<Frame> toCopy() {
        ArrayList<Frame> copied = new ArrayList<>();
        Frame truncation = null;
        for (Frame frame : unproven) {
            switch (frame.kind()) {
                case ARCHIVE -> copied.add(frame);
                case TRUNCATE -> truncation = frame;
                case ENTRY, CONFIG, SNAPSHOT_BASE -> {
                    if (truncation != null) {
                        copied.add(truncation);
                    }
                    copied.add(frame);
                    truncation = null;
                }
                case SEAL -> throw new IllegalStateException("a seal is not copied");
            }
        }
        return copied;
    }

    /// The header of the segment that goes on after everything proven. A tail without a proven batch is left out
    /// of the log: the new segment takes its place.
    SegmentHeader continued(long segSeq, WalConfig config) {
        boolean replacesTail = provenBatchNo == tail.lastBatchNo();
        long prevEnd = replacesTail ? tail.prevEnd() : provenEnd;
        int descriptorSlots = Math.max(config.descriptorSlots(), tail.descriptorSlots());
        int batchBytesMax = Math.max(config.batchBytesMax(), tail.batchBytesMax());
        return new SegmentHeader(
                tail.owner(),
                segSeq,
                replacesTail ? tail.prevSegSeq() : tail.segSeq(),
                prevEnd,
                provenBatchNo,
                proven,
                Math.max(config.segmentBytes(), SegmentHeader.dataPosition(descriptorSlots) + batchBytesMax),
                descriptorSlots,
                batchBytesMax);
    }

    /// The segments that are part of the log when it goes on with that header.
    TreeSet<Long> segmentsBefore(SegmentHeader next) {
        TreeSet<Long> kept = new TreeSet<>(segments);
        if (next.prevSegSeq() != tail.segSeq()) {
            kept.remove(tail.segSeq());
        }
        return kept;
    }
}
