package holdfast.sim.check;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.sim.disk.MediumView;
import holdfast.wal.MetaRecord;
import holdfast.wal.SegmentHeader;
import holdfast.wal.Snapshot;
import holdfast.wal.SnapshotFile;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What one node would still have after a power cut at this moment: term, vote, log and snapshot, read from its medium.
///
/// Reads on from where it stopped as long as the medium only grows; anything else makes it begin anew.
public final class MediumLog {

    private static final String SEGMENT = "wal-";
    private static final String SNAPSHOT = "snap-";
    private static final String UNFINISHED = ".tmp";
    private static final int BLOCK = 4096;

    /// A segment as far as it has been read.
    private static final class Segment {
        final String name;
        final SegmentHeader header;
        int position;
        long changes;

        Segment(String name, SegmentHeader header) {
            this.name = name;
            this.header = header;
            this.position = header.dataPosition();
        }
    }

    /// Where a frame stands.
    record Spot(String file, int position, int length, long batchNo) {}

    private final MediumView medium;
    private final ArrayList<Segment> segments = new ArrayList<>();
    private final ArrayList<Digest> chains = new ArrayList<>();
    private final TreeMap<Long, Digest> payloads = new TreeMap<>();
    private final ArrayList<Spot> spots = new ArrayList<>();
    private final MetaCopy first = new MetaCopy("META.A");
    private final MetaCopy second = new MetaCopy("META.B");
    private long base;
    private long snapshotIndex;
    private long seenChanges = -1;
    private long seenNames = -1;
    /// What was found at the beginning of a file, and after which change.
    private record ReadHeader(long changes, SegmentHeader header) {}

    private final TreeMap<String, ReadHeader> headers = new TreeMap<>();
    private final TreeMap<Long, String> nameOfSegment = new TreeMap<>();
    private List<String> live = List.of();
    /// Older segments that are kept for their payloads only.
    private List<String> kept = List.of();
    private long liveTail;

    public MediumLog(MediumView medium) {
        this.medium = medium;
    }

    /// One of the two copies of term and vote.
    private final class MetaCopy {
        private final String name;
        private MetaRecord record;
        private long changes = -1;

        MetaCopy(String name) {
            this.name = name;
        }

        void refresh() {
            long now = medium.changes(name);
            if (now != changes) {
                changes = now;
                record = MetaRecord.decode(medium.read(name, 0, BLOCK).toArray());
            }
        }
    }

    // ---- questions -----------------------------------------------------------------------------------------

    /// Whether the log up to `index` with this chain hash would be there: as entries, or covered by a snapshot.
    public boolean holds(long index, Digest chain) {
        refresh();
        if (index <= snapshotIndex) {
            return true;
        }
        return index > base && index <= base + chains.size() && chains.get((int) (index - base - 1)).equals(chain);
    }

    /// Whether the bytes of the entry at `index` would be there, in the log or archived beside it.
    public boolean holdsPayload(long index, Digest hash) {
        refresh();
        return hash.equals(payloads.get(index));
    }

    /// Whether both copies say this term and vote. One would do after a clean cut; a change under way may tear the
    /// other.
    public boolean holdsVote(long term, int votedFor) {
        refresh();
        return says(first, term, votedFor) && says(second, term, votedFor);
    }

    private static boolean says(MetaCopy copy, long term, int votedFor) {
        return copy.record != null
                && copy.record.hardState().term() == term
                && copy.record.hardState().votedFor() == votedFor;
    }

    /// Whether this term, or a later one, would be found.
    public boolean holdsTerm(long term) {
        refresh();
        return Math.max(termOf(first), termOf(second)) >= term;
    }

    private static long termOf(MetaCopy copy) {
        return copy.record == null ? -1 : copy.record.hardState().term();
    }

    /// What would be found, for people.
    public String told() {
        refresh();
        return "medium has entries " + (base + 1) + ".." + (base + chains.size()) + ", snapshot " + snapshotIndex
                + ", META " + first.record + " / " + second.record;
    }

    /// A frame that a younger batch proves to have been durable, or null.
    Spot provenSpot(long draw) {
        refresh();
        long lastBatch = spots.isEmpty() ? 0 : spots.getLast().batchNo();
        int proven = spots.size();
        while (proven > 0 && spots.get(proven - 1).batchNo() == lastBatch) {
            proven--;
        }
        return proven == 0 ? null : spots.get((int) Math.unsignedMultiplyHigh(draw, proven));
    }

    // ---- reading -------------------------------------------------------------------------------------------

    private void refresh() {
        long changes = medium.allChanges();
        if (changes == seenChanges && medium.nameChanges() == seenNames) {
            return;
        }
        first.refresh();
        second.refresh();
        boolean hasOtherNames = medium.nameChanges() != seenNames;
        if (hasOtherNames) {
            seenNames = medium.nameChanges();
            readNames();
        }
        long tail = Math.max(tailOf(first), tailOf(second));
        if (hasOtherNames || tail != liveTail) {
            liveTail = tail;
            live = chainTo(tail);
            List<String> before = kept;
            kept = keptBefore(live);
            if (!kept.equals(before)) {
                beginAnew();
            }
        }
        if (!isPrefix(segments, live) || hasChangedBehind()) {
            beginAnew();
        }
        readOn();
        seenChanges = changes;
    }

    private void readNames() {
        nameOfSegment.clear();
        headers.keySet().retainAll(medium.names());
        snapshotIndex = 0;
        for (String name : medium.names()) {
            if (name.endsWith(UNFINISHED)) {
                continue;
            }
            if (name.startsWith(SEGMENT)) {
                nameOfSegment.put(Long.parseLong(name.substring(SEGMENT.length(), name.lastIndexOf('.'))), name);
            } else if (name.startsWith(SNAPSHOT)) {
                Snapshot snapshot = SnapshotFile.decode(medium.read(name, 0, (int) medium.size(name)));
                snapshotIndex = Math.max(snapshotIndex, snapshot == null ? 0 : snapshot.last().index());
            }
        }
    }

    /// The segments that a recovery would read, oldest first: from the one that META vouches for back along the links.
    private List<String> chainTo(long tail) {
        ArrayList<String> chain = new ArrayList<>();
        long segSeq = tail;
        while (nameOfSegment.containsKey(segSeq)) {
            SegmentHeader header = header(nameOfSegment.get(segSeq));
            if (header == null) {
                break;
            }
            chain.addFirst(nameOfSegment.get(segSeq));
            segSeq = header.prevSegSeq();
        }
        return chain;
    }

    private List<String> keptBefore(List<String> chain) {
        ArrayList<String> older = new ArrayList<>();
        for (String name : nameOfSegment.values()) {
            if (!chain.isEmpty() && name.compareTo(chain.getFirst()) < 0) {
                older.add(name);
            }
        }
        return older;
    }

    /// Headers are written once; only a change of the file is a reason to look again.
    private SegmentHeader header(String name) {
        long changes = medium.changes(name);
        ReadHeader known = headers.get(name);
        if (known != null
                && (known.changes() == changes
                        || (known.header() != null && medium.lowestChange(name, known.changes(), 0) >= BLOCK))) {
            return known.header();
        }
        Bytes copies = medium.read(name, 0, SegmentHeader.COPIES_BYTES);
        SegmentHeader header = copies.size() < SegmentHeader.COPIES_BYTES || isBlank(copies)
                ? null
                : SegmentHeader.decode(copies.toArray());
        headers.put(name, new ReadHeader(changes, header));
        return header;
    }

    /// A segment that was prepared and never used.
    private static boolean isBlank(Bytes copies) {
        return copies.get(0) == 0 && copies.get(BLOCK) == 0;
    }

    private static boolean isPrefix(List<Segment> read, List<String> names) {
        if (read.size() > names.size()) {
            return false;
        }
        for (int i = 0; i < read.size(); i++) {
            if (!read.get(i).name.equals(names.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Whether something changed where this reader has been already.
    private boolean hasChangedBehind() {
        for (Segment segment : segments) {
            long now = medium.changes(segment.name);
            if (now != segment.changes) {
                long lowest = medium.lowestChange(segment.name, segment.changes, segment.header.dataPosition());
                if (lowest < segment.position) {
                    return true;
                }
            }
        }
        return false;
    }

    private void beginAnew() {
        segments.clear();
        chains.clear();
        payloads.clear();
        spots.clear();
        base = 0;
        for (String name : kept) {
            SegmentHeader header = header(name);
            if (header != null) {
                read(new Segment(name, header));
            }
        }
        chains.clear();
        base = 0;
    }

    private void readOn() {
        for (int i = Math.max(0, segments.size() - 1); i < live.size(); i++) {
            if (i == segments.size()) {
                enter(live.get(i));
            }
            read(segments.get(i));
        }
    }

    private static long tailOf(MetaCopy copy) {
        return copy.record == null ? 0 : copy.record.tailSegSeq();
    }

    /// Goes on to the next segment. What the one before holds behind its end is dead.
    private void enter(String name) {
        SegmentHeader header = header(name);
        if (segments.isEmpty()) {
            base = header.prev().index();
        } else if (segments.getLast().position > header.prevEnd()) {
            cutTo(header.prev().index());
        }
        segments.add(new Segment(name, header));
    }

    private void read(Segment segment) {
        segment.changes = medium.changes(segment.name);
        MediumFrame.Source source = (position, length) -> medium.read(segment.name, position, length);
        int position = segment.position;
        while (true) {
            MediumFrame frame = MediumFrame.at(source, segment.header.segSeq(), position);
            if (frame == null) {
                return;
            }
            take(segment, frame);
            position += frame.length();
            if (frame.kind() == MediumFrame.SEAL) {
                position = (position + BLOCK - 1) / BLOCK * BLOCK;
                segment.position = position;
            }
        }
    }

    private void take(Segment segment, MediumFrame frame) {
        switch (frame.kind()) {
            case MediumFrame.ENTRY, MediumFrame.CONFIG -> {
                cutTo(frame.index() - 1);
                if (frame.index() == base + chains.size() + 1) {
                    chains.add(frame.chain());
                }
            }
            case MediumFrame.TRUNCATE -> cutTo(frame.index() - 1);
            case MediumFrame.SNAPSHOT_BASE -> {
                chains.clear();
                base = frame.index();
            }
            default -> {}
        }
        if (frame.holdsEntry()) {
            payloads.put(frame.index(), frame.hash());
            spots.add(new Spot(segment.name, frame.position(), frame.length(), frame.batchNo()));
        }
    }

    private void cutTo(long last) {
        while (base + chains.size() > last && !chains.isEmpty()) {
            chains.removeLast();
        }
    }
}
