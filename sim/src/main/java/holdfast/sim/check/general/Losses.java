package holdfast.sim.check.general;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Whether an answer that a state has lost is lost for good: whether nothing that could revive it is still to come.
final class Losses {

    private final Part<?, ?> part;
    private final Transitions<?, ?, ?> transitions;
    private final boolean asked;
    private boolean found;
    /// The places of the operations that may revive anything; null until asked for.
    private int[] reviving;
    /// By action: the place of the last operation that may revive its answer, or [#NOBODY]; [#UNASKED] at first.
    private final int[] lastReviver;
    /// By action: the places of all of them; null until asked for.
    private final int[][] revivers;
    /// By place: the numbers of the events that called and answered it.
    private final int[] called;
    private final int[] returned;

    private static final int NOBODY = -1;
    private static final int UNASKED = -2;

    /// @param asked false to see no losses at all
    Losses(Part<?, ?> part, Transitions<?, ?, ?> transitions, boolean asked) {
        this.asked = asked;
        this.part = part;
        this.transitions = transitions;
        lastReviver = new int[transitions.actions()];
        Arrays.fill(lastReviver, UNASKED);
        revivers = new int[lastReviver.length][];
        int size = part.ops.size();
        called = new int[size];
        returned = new int[size];
        Arrays.fill(returned, Integer.MAX_VALUE);
        for (int event = 0; event < part.events.length; event++) {
            int place = part.events[event] >> 1;
            ((part.events[event] & 1) == 1 ? returned : called)[place] = event;
        }
    }

    /// Whether the answer at `place`, lost at `event` where `configuration` says what is done, stays so. Mostly it does
    /// not, because somebody who may revive it is still to call, and then that is all there is to ask.
    boolean isFinal(int place, int event, long[] configuration) {
        if (!asked) {
            return false;
        }
        int action = part.action[place];
        if (lastReviver[action] == UNASKED) {
            lastReviver[action] = lastReviverOf(action);
        }
        int last = lastReviver[action];
        if (last != NOBODY && (called[last] >= event || isRevivedByOpen(action, event, configuration))) {
            return false;
        }
        found = true;
        return true;
    }

    private boolean isRevivedByOpen(int action, int event, long[] configuration) {
        if (revivers[action] == null) {
            revivers[action] = Arrays.stream(reviving()).filter(place -> revives(place, action)).toArray();
        }
        for (int reviver : revivers[action]) {
            if (returned[reviver] >= event && !isUsed(reviver, configuration)) {
                return true;
            }
        }
        return false;
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

    private int lastReviverOf(int action) {
        int[] all = reviving();
        for (int i = all.length - 1; i >= 0; i--) {
            if (revives(all[i], action)) {
                return all[i];
            }
        }
        return NOBODY;
    }

    private boolean revives(int place, int lost) {
        return transitions.revives(part.action[place], lost);
    }

    private int[] reviving() {
        if (reviving == null) {
            reviving = IntStream.range(0, part.ops.size())
                    .filter(place -> transitions.isReviving(part.action[place]))
                    .toArray();
        }
        return reviving;
    }
}
