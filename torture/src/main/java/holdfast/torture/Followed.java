package holdfast.torture;

import holdfast.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one live reader has been shown of the streams on the stage, whatever node it hung on at the time: in the end it must
/// be what stands in each stream from its beginning on, without a gap and without anything twice.
final class Followed {

    private final String reader;
    private final TreeMap<Integer, List<Bytes>> shown = new TreeMap<>();

    /// @param reader how findings call it
    Followed(String reader) {
        this.reader = reader;
    }

    /// The offset at which it goes on.
    synchronized long next(int stream) {
        return shown.getOrDefault(stream, List.of()).size();
    }

    /// It was shown these records behind what it had, and told that `next` follows. Returns what is wrong with that, or an
    /// empty text.
    synchronized String take(int stream, List<Bytes> records, long next) {
        List<Bytes> all = shown.computeIfAbsent(stream, _ -> new ArrayList<>());
        int from = all.size();
        all.addAll(records);
        return next == all.size()
                ? ""
                : "the " + reader + " of " + Stage.name(stream) + " was at " + from + ", was shown " + records.size()
                        + " records, and was told that " + next + " follows";
    }

    synchronized long records() {
        long count = 0;
        for (List<Bytes> records : shown.values()) {
            count += records.size();
        }
        return count;
    }

    /// @param contents what the last reads of the streams have shown
    synchronized String check(Map<Integer, List<Bytes>> contents) {
        for (Map.Entry<Integer, List<Bytes>> stream : shown.entrySet()) {
            List<Bytes> whole = contents.getOrDefault(stream.getKey(), List.of());
            for (int offset = 0; offset < stream.getValue().size(); offset++) {
                Bytes record = stream.getValue().get(offset);
                if (offset >= whole.size() || !record.equals(whole.get(offset))) {
                    return "the " + reader + " of " + Stage.name(stream.getKey()) + " was shown " + record.utf8() + " at offset "
                            + offset + ", where the last read "
                            + (offset < whole.size() ? "shows " + whole.get(offset).utf8() : "is at the tail");
                }
            }
        }
        return "";
    }
}
