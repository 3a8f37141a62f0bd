package holdfast.sim.check;

import holdfast.Bytes;
import holdfast.sim.disk.MediumView;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which files of a medium a recovery would read: the segments that the newest one links back to, the older ones that
/// are kept for their payloads, and the snapshot.
final class MediumFiles {

    private static final String SEGMENT = "wal-";
    private static final String SNAPSHOT = "snap-";
    private static final String UNFINISHED = ".tmp";
    private static final int BLOCK = 4096;

    /// What was found at the beginning of a segment, and after which change of it.
    private record ReadHeader(long changes, MediumHeader header) {}

    private final MediumView medium;
    private final TreeMap<Long, String> segmentBySeq = new TreeMap<>();
    private final TreeMap<String, ReadHeader> headers = new TreeMap<>();
    private final TreeMap<String, MediumSnapshot> snapshots = new TreeMap<>();
    private List<String> live = List.of();
    private List<String> kept = List.of();
    private long tail;
    private long seenNames = -1;
    private MediumSnapshot snapshot = MediumSnapshot.NONE;

    MediumFiles(MediumView medium) {
        this.medium = medium;
    }

    /// Segments that make up the log, oldest first.
    List<String> live() {
        return live;
    }

    /// Older segments: no part of the log, but their payloads may still be needed.
    List<String> kept() {
        return kept;
    }

    /// The whole one that covers most.
    MediumSnapshot snapshot() {
        return snapshot;
    }

    /// @param tailSegSeq the newest segment that META vouches for
    void refresh(long tailSegSeq) {
        boolean hasOtherNames = medium.nameChanges() != seenNames;
        if (hasOtherNames) {
            seenNames = medium.nameChanges();
            readNames();
        }
        if (hasOtherNames || tailSegSeq != tail) {
            tail = tailSegSeq;
            live = chain();
            kept = before(live);
        }
    }

    private void readNames() {
        segmentBySeq.clear();
        snapshot = MediumSnapshot.NONE;
        for (String name : medium.names()) {
            if (name.endsWith(UNFINISHED)) {
                continue;
            }
            if (name.startsWith(SEGMENT)) {
                segmentBySeq.put(Long.parseLong(name, SEGMENT.length(), name.lastIndexOf('.'), 10), name);
            } else if (name.startsWith(SNAPSHOT)) {
                MediumSnapshot found = snapshots.computeIfAbsent(name, this::read);
                snapshot = found.index() > snapshot.index() ? found : snapshot;
            }
        }
        headers.keySet().retainAll(new TreeSet<>(segmentBySeq.values()));
    }

    /// A snapshot's name appears when it is complete, and its bytes never change.
    private MediumSnapshot read(String name) {
        MediumSnapshot found = MediumSnapshot.of(medium.read(name, 0, (int) medium.size(name)));
        return found == null ? MediumSnapshot.NONE : found;
    }

    private List<String> chain() {
        ArrayList<String> reversed = new ArrayList<>();
        String name = segmentBySeq.get(tail);
        MediumHeader header = name == null ? null : header(name);
        while (header != null) {
            reversed.add(name);
            name = segmentBySeq.get(header.prevSegSeq());
            header = name == null ? null : header(name);
        }
        return reversed.reversed();
    }

    private List<String> before(List<String> chain) {
        ArrayList<String> older = new ArrayList<>();
        for (String name : segmentBySeq.values()) {
            if (chain.isEmpty() || name.compareTo(chain.getFirst()) >= 0) {
                break;
            }
            older.add(name);
        }
        return older;
    }

    /// Headers are written once; only a change of the first blocks is a reason to look again.
    MediumHeader header(String name) {
        ReadHeader known = headers.get(name);
        if (known != null && known.header() != null) {
            return known.header();
        }
        long changes = medium.changes(name);
        if (known != null && known.changes() == changes) {
            return null;
        }
        Bytes copies = medium.read(name, 0, MediumHeader.COPIES_BYTES);
        MediumHeader header = isBlank(copies) ? null : MediumHeader.of(copies);
        headers.put(name, new ReadHeader(changes, header));
        return header;
    }

    /// A segment that was prepared and never used.
    private static boolean isBlank(Bytes copies) {
        return copies.size() < MediumHeader.COPIES_BYTES || (copies.get(0) == 0 && copies.get(BLOCK) == 0);
    }
}
