package holdfast.sim.check.stream;

import holdfast.stream.Command;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.TreeMap;

/// The batches of all producers by id, epoch and seq. Seqs mostly come in a row, so that an array holds them; the
/// others are looked up.
final class NumberedBatches {

    private final LinkedHashMap<String, TreeMap<Long, Epoch>> producers = new LinkedHashMap<>();

    private static final class Epoch {
        private Batch[] row = new Batch[4];
        private int size;
        private final TreeMap<Long, Batch> others = new TreeMap<>();
    }

    /// The newest batch with that number, or null.
    Batch get(Command.Producer number) {
        TreeMap<Long, Epoch> epochs = producers.get(number.id());
        Epoch epoch = epochs == null ? null : epochs.get(number.epoch());
        if (epoch == null) {
            return null;
        }
        boolean inRow = number.seq() >= 0 && number.seq() < epoch.size;
        return inRow ? epoch.row[(int) number.seq()] : epoch.others.get(number.seq());
    }

    void put(Command.Producer number, Batch batch) {
        Epoch epoch = producers
                .computeIfAbsent(number.id(), _ -> new TreeMap<>())
                .computeIfAbsent(number.epoch(), _ -> new Epoch());
        if (number.seq() < 0 || number.seq() > epoch.size) {
            epoch.others.put(number.seq(), batch);
            return;
        }
        if (epoch.size == epoch.row.length) {
            epoch.row = Arrays.copyOf(epoch.row, epoch.size * 2);
        }
        epoch.row[(int) number.seq()] = batch;
        epoch.size = Math.max(epoch.size, (int) number.seq() + 1);
    }
}
