package holdfast.sim.check.stream;

import java.util.Arrays;

/// The batches of one producer along the line: its epochs rise, and in each epoch the numbers are 0, 1, 2 and
/// so on. So the state after any of its batches is found by epoch and number.
final class ProducerLine {

    private long[] epochs = new long[2];
    /// Where each epoch's batches begin in `states`.
    private int[] starts = new int[2];
    private int epochCount;
    private int[] states = new int[4];
    private int size;

    /// Adds the next batch; false if it is not the one that may come next.
    boolean add(long epoch, long seq, int state) {
        boolean current = epochCount > 0 && epochs[epochCount - 1] == epoch;
        boolean next = current
                ? seq == size - starts[epochCount - 1]
                : seq == 0 && (epochCount == 0 || epoch > epochs[epochCount - 1]);
        if (!next) {
            return false;
        }
        if (!current) {
            begin(epoch);
        }
        if (size == states.length) {
            states = Arrays.copyOf(states, size * 2);
        }
        states[size++] = state;
        return true;
    }

    private void begin(long epoch) {
        if (epochCount == epochs.length) {
            epochs = Arrays.copyOf(epochs, epochCount * 2);
            starts = Arrays.copyOf(starts, epochCount * 2);
        }
        epochs[epochCount] = epoch;
        starts[epochCount++] = size;
    }

    /// The state just after batch (`epoch`, `seq`), or [Line#NO_STATE].
    int stateOf(long epoch, long seq) {
        int at = Arrays.binarySearch(epochs, 0, epochCount, epoch);
        if (at < 0 || seq < 0) {
            return Line.NO_STATE;
        }
        int end = at + 1 < epochCount ? starts[at + 1] : size;
        return seq < end - starts[at] ? states[starts[at] + (int) seq] : Line.NO_STATE;
    }

    /// The state just after the last batch of `epoch` or an earlier one; [Line#EMPTY] if there is none.
    int lastUpTo(long epoch) {
        int at = Arrays.binarySearch(epochs, 0, epochCount, epoch);
        int later = at < 0 ? -at - 1 : at + 1;
        int end = later < epochCount ? starts[later] : size;
        return end == 0 ? Line.EMPTY : states[end - 1];
    }

    /// The first state that has a batch of `epoch` or a later one, or [Line#NO_STATE].
    int firstFrom(long epoch) {
        int at = Arrays.binarySearch(epochs, 0, epochCount, epoch);
        int index = at < 0 ? -at - 1 : at;
        return index < epochCount ? states[starts[index]] : Line.NO_STATE;
    }
}
