package holdfast.sim.check.stream;

import holdfast.Bytes;
import java.util.Arrays;

/// Finds the batch that a record belongs to by the record's content. Open addressing over plain arrays: about
/// 20 bytes a record, and the order of nothing depends on a hash.
final class RecordTable {

    private static final int SPREAD = 0x9E3779B9;

    /// Entry number plus one by hash place; zero is free.
    private int[] places = new int[16];
    private Bytes[] contents = new Bytes[8];
    private Batch[] batches = new Batch[8];
    private int[] ordinals = new int[8];
    private int size;

    /// The entry of `content`, or -1.
    int find(Bytes content) {
        return places[placeOf(content)] - 1;
    }

    Batch batch(int entry) {
        return batches[entry];
    }

    /// Which record of its batch the entry is.
    int ordinal(int entry) {
        return ordinals[entry];
    }

    /// Adds `content`, or gives it to another batch.
    void put(Bytes content, Batch batch, int ordinal) {
        int place = placeOf(content);
        if (places[place] == 0) {
            if (size == contents.length) {
                grow();
                place = placeOf(content);
            }
            contents[size] = content;
            size++;
            places[place] = size;
        }
        int entry = places[place] - 1;
        batches[entry] = batch;
        ordinals[entry] = ordinal;
    }

    private int placeOf(Bytes content) {
        int mask = places.length - 1;
        int hash = content.hashCode() * SPREAD;
        int place = (hash ^ hash >>> 15) & mask;
        while (places[place] != 0 && !contents[places[place] - 1].equals(content)) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        contents = Arrays.copyOf(contents, size * 2);
        batches = Arrays.copyOf(batches, size * 2);
        ordinals = Arrays.copyOf(ordinals, size * 2);
        places = new int[size * 4];
        for (int entry = 0; entry < size; entry++) {
            places[placeOf(contents[entry])] = entry + 1;
        }
    }
}
