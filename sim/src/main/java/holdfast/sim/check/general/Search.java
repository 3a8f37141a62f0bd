package holdfast.sim.check.general;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What both orders of search share: configurations and how one leads to others.
///
/// A configuration is where the history stands (an event), the object's state, which of the operations that are open
/// at that event have taken effect, and how many of each kind of optional ones. It does not say what was done before:
/// two orders that lead to the same frontier have the same future. So the number of configurations is linear in the
/// history and exponential only in what is open at once.
///
/// An operation takes effect only when some return forces it (Lowe's just-in-time rule): at a return whose
/// operation is not done, some open operation must be next. Seven things shorten the way, and keep every answer:
///
/// - a legal operation that changes no state in any case is done at once;
/// - optional operations that are alike are used in order of call, and never without an effect: another state, or
///   others that may pass;
/// - an operation that overwrites whatever was before lets all others of that sort that are open *pass*: they may have
///   been done just before it, when nobody could see them, or still be to come. Which of the two is decided at their
///   return, or when they are done after all, so that one configuration stands for every choice;
/// - an operation that overwrites is done before it must be only where another open one depends on it at once: until
///   somebody does, it is as well done later;
/// - of two configurations that differ only in optional operations used, the one that used fewer covers the other;
/// - so does the one in which more operations are done that change no state, and one in which more may pass, whether
///   these are done or not done in the other;
/// - a state in which an answer that is still to be placed is lost for good leads nowhere.
///
/// Two others are tempting and wrong: doing a *write* at once because it leaves the present state as it is, and
/// preferring the configuration with more *writes* done. Either may be needed later, in another state.
abstract class Search<S, I, O> {

    /// How a search stands.
    enum Status {
        /// An order was found.
        FOUND,
        /// There is none.
        EXHAUSTED,
        /// Not at the end.
        RUNNING
    }

    final Part<I, O> part;
    final Transitions<S, I, O> transitions;
    final Configurations configurations;
    final OpenOps open;
    final long[] key;
    private final long[] child;
    final Losses losses;

    /// The configuration that came farthest; the order found, when all events are behind it.
    private int farthest = Configurations.NONE;
    private int farthestEvent = -1;

    /// @param looksAhead whether states in which an answer is lost are left at once
    Search(Part<I, O> part, Transitions<S, I, O> transitions, boolean looksAhead) {
        this.part = part;
        this.transitions = transitions;
        configurations = new Configurations(part);
        open = new OpenOps(part);
        key = configurations.newKey();
        child = configurations.newKey();
        losses = new Losses(part, transitions, looksAhead);
    }

    /// Goes on until a verdict is there or so many configurations have been met altogether.
    abstract Status run(long limit);

    /// The first configuration: nothing done, and on to the first return that asks for something.
    final int start() {
        Arrays.fill(child, 0);
        return arrive(0, Transitions.initial(), Configurations.NONE, Configurations.NONE);
    }

    final boolean isDone() {
        return farthestEvent == part.events.length;
    }

    /// The place of the operation that must return at the event where `key` stands.
    final int due() {
        return part.events[Configurations.event(key)] >> 1;
    }

    /// Lets the operation at `place` take effect in the configuration `key`, which is number `from`. Returns the
    /// new configuration, or [Configurations#NONE] when that is impossible or brings nothing new. [#open] must
    /// stand at the event of `key`.
    final int apply(int from, int place) {
        int state = Configurations.state(key);
        int next = transitions.next(state, part.action[place]);
        if (next < 0) {
            return Configurations.NONE;
        }
        System.arraycopy(key, 0, child, 0, key.length);
        boolean changes = part.overwrites[place] && letOthersPass() || next != state;
        if (!changes && !part.isMandatory(place)) {
            return Configurations.NONE;
        }
        if (part.isMandatory(place)) {
            setDone(place);
        } else {
            child[1 + part.countWord[part.kind[place]]] += 1L << part.countShift[part.kind[place]];
        }
        if (next != state && !doOpenReads(Configurations.event(key), next)) {
            return Configurations.NONE;
        }
        if (part.overwrites[place] && place != due() && !hasReadMore() && !goesOn(next)) {
            return Configurations.NONE;
        }
        return arrive(Configurations.event(key), next, from, place);
    }

    /// Whether `child` has done an operation that changes no state and is not done in `key`.
    private boolean hasReadMore() {
        for (int i = 0; i < part.mandatoryWords; i++) {
            if ((child[1 + i] & ~key[1 + i] & part.readBits[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    /// Whether an open operation that depends on the state may be next in this one.
    private boolean goesOn(int state) {
        for (int place = open.after(open.end()); place != open.end(); place = open.after(place)) {
            if (!part.readOnly[place]
                    && !part.overwrites[place]
                    && !isDone(place)
                    && transitions.next(state, part.action[place]) >= 0) {
                return true;
            }
        }
        for (int kind = 0; kind < part.kinds.size(); kind++) {
            int place = part.overwrites[part.kinds.get(kind)[0]] ? -1 : unused(kind);
            if (place >= 0 && transitions.next(state, part.action[place]) >= 0) {
                return true;
            }
        }
        return false;
    }

    /// Whether the operation that must return where `key` stands may count as done.
    final boolean mayPass() {
        int slot = part.slot[due()];
        return part.overwrites[due()] && (key[1 + (slot >> 6)] >>> slot & 2) != 0;
    }

    /// Counts it as done. Returns the new configuration, or [Configurations#NONE] when that brings nothing new.
    final int pass(int from) {
        System.arraycopy(key, 0, child, 0, key.length);
        setDone(due());
        return arrive(Configurations.event(key), Configurations.state(key), from, Configurations.NONE);
    }

    final boolean isDone(int place) {
        int slot = part.slot[place];
        return (key[1 + (slot >> 6)] >>> slot & 1) == 1;
    }

    /// The next optional operation of a kind that the configuration `key` has not used, or -1.
    final int unused(int kind) {
        int used = part.count(key, 1, kind);
        return used < open.called(kind) ? part.kinds.get(kind)[used] : -1;
    }

    private void setDone(int place) {
        int slot = part.slot[place];
        child[1 + (slot >> 6)] |= 1L << slot;
        if (part.overwrites[place]) {
            child[1 + (slot >> 6)] &= ~(2L << slot);
        }
    }

    /// Those that overwrite, are open and not done. False when all of them might already.
    private boolean letOthersPass() {
        boolean more = false;
        for (int place = open.after(open.end()); place != open.end(); place = open.after(place)) {
            if (part.overwrites[place] && !isDone(place)) {
                int slot = part.slot[place];
                more |= (child[1 + (slot >> 6)] >>> slot & 2) == 0;
                child[1 + (slot >> 6)] |= 2L << slot;
            }
        }
        return more;
    }

    /// False when the answer of one of them is lost.
    private boolean doOpenReads(int event, int state) {
        for (int place = open.after(open.end()); place != open.end(); place = open.after(place)) {
            if (part.readOnly[place] && !isDone(place)) {
                int next = transitions.next(state, part.action[place]);
                if (next == Transitions.LOST && losses.isFinal(place, event, child)) {
                    return false;
                }
                if (next == state) {
                    setDone(place);
                }
            }
        }
        return true;
    }

    /// Walks on from an event to the first return whose operation is not done.
    private int arrive(int event, int state, int from, int by) {
        int at = walk(event, state);
        if (at == NOWHERE) {
            return Configurations.NONE;
        }
        child[0] = Configurations.head(at, state);
        int index = configurations.add(child, from, by);
        if (index != Configurations.NONE && at > farthestEvent) {
            farthestEvent = at;
            farthest = index;
        }
        return index;
    }

    /// Where a walk ends that loses an answer. The last read that is looked at is one still to be called.
    private static final int NOWHERE = -1;

    private int walk(int from, int state) {
        int event = from;
        while (event < part.events.length) {
            int code = part.events[event];
            int place = code >> 1;
            int slot = part.slot[place];
            if ((code & 1) == 1) {
                long bit = 1L << slot;
                if ((child[1 + (slot >> 6)] & bit) == 0) {
                    break;
                }
                child[1 + (slot >> 6)] &= ~bit;
            } else if (part.readOnly[place]) {
                int next = transitions.next(state, part.action[place]);
                if (next == Transitions.LOST && losses.isFinal(place, event, child)) {
                    return NOWHERE;
                }
                if (next == state) {
                    setDone(place);
                }
            }
            event++;
        }
        int read = part.nextRead[event];
        boolean lost = read >= 0
                && transitions.isLost(state, part.action[read])
                && losses.isFinal(read, event, child);
        return lost ? NOWHERE : event;
    }

    /// The operation whose return no configuration got past; only when there is no order.
    final Op<I, O> stuck() {
        return part.ops.get(part.events[farthestEvent] >> 1);
    }

    /// The state after the longest order.
    final S farthestState() {
        configurations.load(farthest, key);
        return transitions.state(Configurations.state(key));
    }

    /// An operation and the event before which it took effect.
    record Placed<I, O>(Op<I, O> op, int event) {}

    /// The longest order found, in order of effect.
    final List<Placed<I, O>> order() {
        List<Integer> path = new ArrayList<>();
        for (int at = farthest; at != Configurations.NONE; at = configurations.parent(at)) {
            path.add(at);
        }
        return new Retelling<>(this, path.reversed()).order();
    }
}
