package holdfast.wal;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/// Finds out which segments are part of the log: from the one that META names back, each header naming the one
/// before. A segment that is passed over never was part of it; one that is missing has been deleted, because a
/// snapshot covers it. What is newer than META's has never acknowledged anything.
final class SegmentChain {

    private final Dialogue dialogue;
    private final StoreListing files;
    private final StoreId owner;
    private final long tailSegSeq;
    private final ArrayDeque<LiveSegment> live = new ArrayDeque<>();
    private Consumer<List<LiveSegment>> then;
    private Consumer<Damage> damaged;
    /// The header after the one that is looked for, or null at the tail.
    private SegmentHeader after;

    SegmentChain(Dialogue dialogue, StoreListing files, StoreId owner, long tailSegSeq) {
        this.dialogue = dialogue;
        this.files = files;
        this.owner = owner;
        this.tailSegSeq = tailSegSeq;
    }

    /// Oldest first.
    void read(Consumer<List<LiveSegment>> then, Consumer<Damage> damaged) {
        this.then = then;
        this.damaged = damaged;
        if (files.segmentBytes().containsKey(tailSegSeq)) {
            readHeader(tailSegSeq);
        } else {
            damaged.accept(new Damage(StoreFiles.segment(tailSegSeq), Damage.WHOLE,
                    "the file is missing, and it is the newest that may hold acknowledged entries"));
        }
    }

    private void readHeader(long segSeq) {
        long size = files.segmentBytes().get(segSeq);
        String name = StoreFiles.segment(segSeq);
        FileReading.read(dialogue, name, (int) Math.min(size, SegmentHeader.COPIES_BYTES), content ->
                took(name, segSeq, size, content.bytes()));
    }

    private void took(String name, long segSeq, long size, byte[] copies) {
        SegmentHeader header = SegmentHeader.decode(copies);
        if (header == null || header.segSeq() != segSeq || !header.owner().equals(owner)) {
            damaged.accept(new Damage(name, 0, header == null
                    ? "neither copy of its header verifies"
                    : "its header says that it is segment " + header.segSeq() + " of "
                            + header.owner().toldFrom(owner)));
            return;
        }
        if (header.prevSegSeq() >= segSeq) {
            damaged.accept(new Damage(name, 0, "its header continues segment " + header.prevSegSeq()));
            return;
        }
        boolean isEndKnown = after != null && after.prevSegSeq() == segSeq;
        int end = isEndKnown ? (int) after.prevEnd() : SegmentScan.UNKNOWN_END;
        Long before = files.segmentBytes().floorKey(header.prevSegSeq());
        boolean followsGap = before == null || before != header.prevSegSeq();
        live.addFirst(new LiveSegment(name, size, header, end, followsGap, after == null, SegmentHeader.onlyBadCopy(copies)));
        after = header;
        if (before == null) {
            then.accept(List.copyOf(live));
        } else {
            readHeader(before);
        }
    }
}
