package holdfast.stream;

import java.util.ArrayList;
import java.util.List;

/// Extents found for one read, until enough bytes are together. The first is always taken: a read that is
/// asked for fewer bytes than one append holds must still get on.
final class Gathered {

    private final ArrayList<Extent> extents = new ArrayList<>();
    private long room;

    Gathered(long bytesMax) {
        room = bytesMax;
    }

    boolean hasRoom() {
        return room > 0 || extents.isEmpty();
    }

    void add(Extent extent, int bytes) {
        extents.add(extent);
        room -= bytes;
    }

    List<Extent> extents() {
        return extents;
    }
}
