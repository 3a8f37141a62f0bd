package holdfast.sim.check.general;

/// Which operations are open at an event: a doubly linked list of the mandatory ones in order of call, and for each
/// kind of optional ones how many were called. It moves along the events in both directions, each in constant time.
final class OpenOps {

    private final Part<?, ?> part;
    /// By place; the head and the end of the list is one past the last place.
    private final int[] after;
    private final int[] before;
    private final int head;
    private final int[] called;
    private int event;

    OpenOps(Part<?, ?> part) {
        this.part = part;
        head = part.ops.size();
        after = new int[head + 1];
        before = new int[head + 1];
        after[head] = head;
        before[head] = head;
        called = new int[part.kinds.size()];
    }

    /// Moves to just before event number `to`.
    void seek(int to) {
        while (event < to) {
            int code = part.events[event++];
            int place = code >> 1;
            if ((code & 1) == 1) {
                after[before[place]] = after[place];
                before[after[place]] = before[place];
            } else if (part.isMandatory(place)) {
                before[place] = before[head];
                after[place] = head;
                after[before[head]] = place;
                before[head] = place;
            } else {
                called[part.kind[place]]++;
            }
        }
        while (event > to) {
            int code = part.events[--event];
            int place = code >> 1;
            if ((code & 1) == 1) {
                // Everything that changed since has been undone, so its neighbours are what they were.
                after[before[place]] = place;
                before[after[place]] = place;
            } else if (part.isMandatory(place)) {
                before[head] = before[place];
                after[before[place]] = head;
            } else {
                called[part.kind[place]]--;
            }
        }
    }

    /// The open operation after `place`, the first one after [#end], or [#end] after the last.
    int after(int place) {
        return after[place];
    }

    int end() {
        return head;
    }

    /// How many optional operations of a kind were called.
    int called(int kind) {
        return called[kind];
    }
}
