package holdfast.wal;

import java.util.List;
import java.util.Map;

/// What a directory without IDENT is. A formatting that was not finished has left files of known sizes, and promises
/// in none of them; anything beyond that was a store whose IDENT is lost.
sealed interface Blankness {

    /// It was a store.
    ///
    /// @param by a file that proves it
    record Used(String by) implements Blankness {}

    /// It was none, and holds other things.
    record Foreign(List<String> names) implements Blankness {}

    /// A formatting was begun here and not finished.
    record Begun() implements Blankness {}

    record Empty() implements Blankness {}

    static Blankness of(StoreListing files, MetaPair meta) {
        String used = used(files, meta);
        if (!used.isEmpty()) {
            return new Used(used);
        }
        if (!files.foreign().isEmpty()) {
            return new Foreign(files.foreign());
        }
        boolean isBegun = files.has(StoreFiles.META_A) || files.has(StoreFiles.META_B)
                || files.has(StoreFiles.FORMATION) || !files.unfinished().isEmpty() || !files.segmentBytes().isEmpty();
        return isBegun ? new Begun() : new Empty();
    }

    private static String used(StoreListing files, MetaPair meta) {
        // The first copy is durable before the second is written, so a crash breaks one of them at most.
        boolean bothBroken = files.has(StoreFiles.META_A) && files.has(StoreFiles.META_B) && meta.newest() == null;
        if (!meta.isBlank() || bothBroken) {
            return StoreFiles.META_A;
        }
        if (!files.snapshots().isEmpty()) {
            return files.snapshots().getLast();
        }
        // Every start goes on in a new segment, of a size of its own.
        for (Map.Entry<Long, Long> segment : files.segmentBytes().entrySet()) {
            if (segment.getValue() != Formatting.SEGMENT_BYTES) {
                return StoreFiles.segment(segment.getKey());
            }
        }
        return "";
    }
}
