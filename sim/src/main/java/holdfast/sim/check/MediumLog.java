package holdfast.sim.check;

import holdfast.Digest;
import holdfast.sim.disk.MediumView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/// What one node would still have after a power cut at this moment: term, vote, log and snapshot, read from its medium.
///
/// Reads on from where it stopped as long as the medium only grows at its end; anything else makes it begin anew.
/// Closed segments are not looked at again: nothing but damage done on purpose changes them, and then the node is
/// excused.
public final class MediumLog {

    private static final int BLOCK = 4096;

    /// The entry whose payload a frame holds, and where the frame stands.
    record Spot(String file, int position, int length, long batchNo, long index, Digest hash) {

        Payload payload() {
            return new Payload(index, hash);
        }
    }

    /// What an entry holds: its bytes by their hash.
    private record Payload(long index, Digest hash) {

        static final Comparator<Payload> ORDER = Comparator.comparingLong(Payload::index)
                .thenComparingLong(payload -> payload.hash().high())
                .thenComparingLong(payload -> payload.hash().low());
    }

    /// A segment as far as it has been read.
    private static final class Segment {
        final String name;
        final MediumHeader header;
        final ArrayList<Spot> spots = new ArrayList<>();
        /// Behind the last whole batch, and behind the last frame, which may be of a batch that never became whole.
        int position;
        int framesEnd;
        long changes;

        Segment(String name, MediumHeader header) {
            this.name = name;
            this.header = header;
            this.position = header.dataPosition();
        }

        boolean holds(Payload payload) {
            for (Spot spot : spots.reversed()) {
                if (spot.index() == payload.index() && spot.hash().equals(payload.hash())) {
                    return true;
                }
            }
            return false;
        }
    }

    private final MediumView medium;
    private final MediumFiles files;
    private final ArrayList<Segment> segments = new ArrayList<>();
    private final ArrayList<Digest> chains = new ArrayList<>();
    private final MetaCopy first = new MetaCopy("META.A");
    private final MetaCopy second = new MetaCopy("META.B");
    private long base;
    private long seenChanges = -1;
    /// Of all segments, as they were at `payloadsSeen`; only asked, never walked through.
    private final TreeSet<Payload> payloads = new TreeSet<>(Payload.ORDER);
    private long payloadsSeen = -1;

    public MediumLog(MediumView medium) {
        this.medium = medium;
        files = new MediumFiles(medium);
    }

    /// One of the two copies of term and vote.
    private final class MetaCopy {
        private final String name;
        private MediumMeta record;
        private long changes = -1;

        MetaCopy(String name) {
            this.name = name;
        }

        void refresh() {
            long now = medium.changes(name);
            if (now != changes) {
                changes = now;
                record = MediumMeta.of(medium.read(name, 0, BLOCK));
            }
        }

        boolean says(long term, int votedFor) {
            return record != null && record.term() == term && record.votedFor() == votedFor;
        }

        long term() {
            return record == null ? -1 : record.term();
        }

        long tail() {
            return record == null ? 0 : record.tail();
        }
    }

    // ---- questions -----------------------------------------------------------------------------------------

    /// Whether the log up to `index` with this chain hash would be there: as entries, or covered by a snapshot.
    public boolean holds(long index, Digest chain) {
        refresh();
        MediumSnapshot snapshot = files.snapshot();
        if (index <= snapshot.index()) {
            return index < snapshot.index() || chain.equals(snapshot.chain());
        }
        return index > base && index <= base + chains.size() && chains.get((int) (index - base - 1)).equals(chain);
    }

    /// Whether a whole snapshot would be there that covers the log up to `index`.
    public boolean coversBySnapshot(long index) {
        refresh();
        return index <= files.snapshot().index();
    }

    /// Whether the bytes of the entry at `index` would be there, in the log or kept beside it. Looks everywhere, and first
    /// where something was written last.
    public boolean holdsPayload(long index, Digest hash) {
        refresh();
        Payload wanted = new Payload(index, hash);
        if (payloadsSeen != seenChanges && !segments.isEmpty() && segments.getLast().holds(wanted)) {
            return true;
        }
        gatherPayloads();
        return payloads.contains(wanted);
    }

    private void gatherPayloads() {
        if (payloadsSeen == seenChanges) {
            return;
        }
        payloadsSeen = seenChanges;
        payloads.clear();
        for (Segment segment : allSegments()) {
            segment.spots.forEach(spot -> payloads.add(spot.payload()));
        }
    }

    /// Those of the log and those kept for what is in them, oldest first.
    private List<Segment> allSegments() {
        ArrayList<Segment> all = new ArrayList<>();
        for (String name : files.kept()) {
            MediumHeader header = files.header(name);
            if (header != null) {
                Segment older = new Segment(name, header);
                read(older, false, Long.MAX_VALUE);
                all.add(older);
            }
        }
        all.addAll(segments);
        return all;
    }

    /// Segments before the last one that anything was written to, no entry of which is wanted.
    List<String> segmentsWithout(LongPredicate isWanted) {
        refresh();
        List<Segment> all = allSegments();
        int last = all.size() - 1;
        while (last >= 0 && all.get(last).framesEnd == 0) {
            last--;
        }
        return all.subList(0, Math.max(0, last)).stream()
                .filter(segment -> segment.spots.stream().noneMatch(spot -> isWanted.test(spot.index())))
                .map(segment -> segment.name)
                .toList();
    }

    /// Whether both copies say this term and vote. One would do after a clean cut; a change under way may tear the
    /// other.
    public boolean holdsVote(long term, int votedFor) {
        refresh();
        return first.says(term, votedFor) && second.says(term, votedFor);
    }

    /// Whether this term, or a later one, would be found.
    public boolean holdsTerm(long term) {
        refresh();
        return Math.max(first.term(), second.term()) >= term;
    }

    /// What would be found, for people.
    public String told() {
        refresh();
        return "medium has entries " + (base + 1) + ".." + (base + chains.size()) + ", snapshot " + files.snapshot().index()
                + ", META.A " + told(first) + ", META.B " + told(second);
    }

    private static String told(MetaCopy copy) {
        return copy.record == null
                ? "unreadable"
                : "term " + copy.term() + " vote " + copy.record.votedFor() + " tail " + copy.tail();
    }

    /// A frame, or null: one that a younger batch proves to have been durable or, where any will do, as often one of the last
    /// batch.
    Spot spot(boolean mayBeUnproven, long draw) {
        refresh();
        ArrayList<Spot> spots = new ArrayList<>();
        for (Segment segment : segments) {
            spots.addAll(segment.spots);
        }
        long lastBatch = spots.isEmpty() ? 0 : spots.getLast().batchNo();
        boolean isOfLast = mayBeUnproven && (draw & 1) == 0;
        spots.removeIf(spot -> isOfLast != (spot.batchNo() == lastBatch));
        return spots.isEmpty() ? null : spots.get((int) Math.unsignedMultiplyHigh(draw, spots.size()));
    }

    // ---- reading -------------------------------------------------------------------------------------------

    private void refresh() {
        long changes = medium.allChanges();
        if (changes == seenChanges) {
            return;
        }
        seenChanges = changes;
        first.refresh();
        second.refresh();
        files.refresh(Math.max(first.tail(), second.tail()));
        if (!goesOn(files.live()) || hasChangedBehind() || hasReadTooFar()) {
            beginAnew();
        }
        for (int i = Math.max(0, segments.size() - 1); i < files.live().size(); i++) {
            if (i == segments.size()) {
                enter(files.live().get(i));
            }
            read(segments.get(i), true, endOf(i));
        }
    }

    /// Whether the segments read so far are still the first ones. When compaction has dropped one, the rest has to be
    /// read again: where its entries begin is told by the truncations in it.
    private boolean goesOn(List<String> live) {
        if (segments.size() > live.size()) {
            return false;
        }
        return segments.isEmpty()
                || (segments.getFirst().name.equals(live.getFirst())
                        && segments.getLast().name.equals(live.get(segments.size() - 1)));
    }

    /// Whether something changed where this reader has been already, in the segment that is being written.
    private boolean hasChangedBehind() {
        if (segments.isEmpty()) {
            return false;
        }
        Segment last = segments.getLast();
        return medium.changes(last.name) != last.changes
                && medium.lowestChange(last.name, last.changes, last.header.dataPosition()) < last.position;
    }

    /// What a segment holds behind the end that the next one names is dead, and may have cut the log.
    private boolean hasReadTooFar() {
        return !segments.isEmpty() && segments.getLast().framesEnd > endOf(segments.size() - 1);
    }

    /// Where the `i`-th live segment ends, as far as the next one says.
    private long endOf(int i) {
        return i + 1 < files.live().size() ? files.header(files.live().get(i + 1)).prevEnd() : Long.MAX_VALUE;
    }

    private void beginAnew() {
        segments.clear();
        chains.clear();
        base = 0;
    }

    private void enter(String name) {
        MediumHeader header = files.header(name);
        if (segments.isEmpty()) {
            base = header.prevIndex();
        }
        segments.add(new Segment(name, header));
    }

    /// Reads on to the end of what is there, `end` at most.
    private void read(Segment segment, boolean isLog, long end) {
        long changes = medium.changes(segment.name);
        if (changes == segment.changes) {
            return;
        }
        segment.changes = changes;
        MediumFrame.Source source = (position, length) -> medium.read(segment.name, position, length);
        int position = segment.position;
        while (position < end) {
            MediumFrame frame = MediumFrame.at(segment.header.owner(), source, segment.header.segSeq(), position);
            if (frame == null) {
                return;
            }
            if (isLog) {
                take(frame);
            }
            if (frame.holdsEntry()) {
                segment.spots.add(new Spot(
                        segment.name, position, frame.length(), frame.batchNo(), frame.index(), frame.hash()));
            }
            position += frame.length();
            segment.framesEnd = position;
            if (frame.kind() == MediumFrame.SEAL) {
                position = (position + BLOCK - 1) / BLOCK * BLOCK;
                segment.position = position;
            }
        }
    }

    private void take(MediumFrame frame) {
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
    }

    /// Drops entries after `last`. It may lie below the first segment that is left: what was there is in the snapshot.
    private void cutTo(long last) {
        if (last < base) {
            chains.clear();
            base = last;
        }
        while (base + chains.size() > last && !chains.isEmpty()) {
            chains.removeLast();
        }
    }
}
