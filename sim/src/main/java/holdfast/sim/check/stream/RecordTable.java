package holdfast.sim.check.stream;

import holdfast.Bytes;
import java.util.Arrays;

/// Finds the batch that a record belongs to by the record's content. Open addressing over plain arrays: about
/// 24 bytes a record, one hash of each content, and the order of nothing depends on a hash.
final class RecordTable {

    private static final int SPREAD = 0x9E3779B9;

    /// Entry number plus one by hash place; zero is free.
    private int[] places = new int[16];
    private int[] hashes = new int[8];
    private Bytes[] contents = new Bytes[8];
    private Batch[] batches = new Batch[8];
    private int[] ordinals = new int[8];
    private int size;

    /// The entry of `content`, or -1.
    int find(Bytes content) {
        return places[placeOf(content, hash(content))] - 1;
    }

    /// The entry of `content`, which is new and nobody's if there was none.
    int entry(Bytes content) {
        int hash = hash(content);
        int place = placeOf(content, hash);
        if (places[place] != 0) {
            return places[place] - 1;
        }
        if (size == contents.length) {
            grow();
            place = placeOf(content, hash);
        }
        hashes[size] = hash;
        contents[size] = content;
        places[place] = ++size;
        return size - 1;
    }

    /// Whose it is, or null.
    Batch batch(int entry) {
        return batches[entry];
    }

    /// Which record of its batch the entry is.
    int ordinal(int entry) {
        return ordinals[entry];
    }

    void give(int entry, Batch batch, int ordinal) {
        batches[entry] = batch;
        ordinals[entry] = ordinal;
    }

    private static int hash(Bytes content) {
        int hash = content.hashCode() * SPREAD;
        return hash ^ hash >>> 15;
    }

    private int placeOf(Bytes content, int hash) {
        int mask = places.length - 1;
        int place = hash & mask;
        while (places[place] != 0 && !isAt(places[place] - 1, content, hash)) {
            place = place + 1 & mask;
        }
        return place;
    }

    private boolean isAt(int entry, Bytes content, int hash) {
        return hashes[entry] == hash && contents[entry].equals(content);
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, size * 2);
        contents = Arrays.copyOf(contents, size * 2);
        batches = Arrays.copyOf(batches, size * 2);
        ordinals = Arrays.copyOf(ordinals, size * 2);
        places = new int[size * 4];
        int mask = places.length - 1;
        for (int entry = 0; entry < size; entry++) {
            int place = hashes[entry] & mask;
            while (places[place] != 0) {
                place = place + 1 & mask;
            }
            places[place] = entry + 1;
        }
    }
}
