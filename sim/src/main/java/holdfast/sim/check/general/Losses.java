package holdfast.sim.check.general;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Whether an answer that a state has lost is lost for good: whether nothing that could revive it is still to come.
final class Losses {

    private final Part<?, ?> part;
    private final Transitions<?, ?, ?> transitions;
    private final boolean asked;
    private boolean found;
    /// By place: the places of the operations that may revive its answer; null until asked for.
    private final int[][] revivers;
    /// The places of the operations that may revive anything; null until asked for.
    private int[] reviving;
    /// By place: the numbers of the events that called and answered it.
    private final int[] called;
    private final int[] returned;

    /// @param asked false to see no losses at all
    Losses(Part<?, ?> part, Transitions<?, ?, ?> transitions, boolean asked) {
        this.asked = asked;
        this.part = part;
        this.transitions = transitions;
        int size = part.ops.size();
        revivers = new int[size][];
        called = new int[size];
        returned = new int[size];
        Arrays.fill(returned, Integer.MAX_VALUE);
        for (int event = 0; event < part.events.length; event++) {
            int place = part.events[event] >> 1;
            ((part.events[event] & 1) == 1 ? returned : called)[place] = event;
        }
    }

    /// Whether the answer at `place`, lost at `event` where `configuration` says what is done, stays so.
    boolean isFinal(int place, int event, long[] configuration) {
        if (!asked) {
            return false;
        }
        if (revivers[place] == null) {
            revivers[place] = reviversOf(place);
        }
        for (int reviver : revivers[place]) {
            if (called[reviver] >= event || returned[reviver] >= event && !isUsed(reviver, configuration)) {
                return false;
            }
        }
        found = true;
        return true;
    }

    /// Whether any was found to be final so far.
    boolean found() {
        return found;
    }

    private boolean isUsed(int place, long[] configuration) {
        if (part.isMandatory(place)) {
            int slot = part.slot[place];
            return (configuration[1 + (slot >> 6)] >>> slot & 1) == 1;
        }
        int kind = part.kind[place];
        int used = part.count(configuration, 1, kind);
        return Arrays.binarySearch(part.kinds.get(kind), place) < used;
    }

    private int[] reviversOf(int place) {
        if (reviving == null) {
            reviving = IntStream.range(0, part.ops.size())
                    .filter(other -> transitions.isReviving(part.action[other]))
                    .toArray();
        }
        int[] found = new int[2];
        int count = 0;
        for (int other : reviving) {
            if (transitions.revives(part.action[other], part.action[place])) {
                found = count == found.length ? Arrays.copyOf(found, count * 2) : found;
                found[count++] = other;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
