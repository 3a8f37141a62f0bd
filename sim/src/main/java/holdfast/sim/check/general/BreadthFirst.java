package holdfast.sim.check.general;

/// Takes all configurations through the events together (Lowe's just-in-time linearization): always the one that
/// stands at the earliest event. It carries more than one order at a time, but no choice can lead it astray, and
/// it ends at the first return that none survives.
final class BreadthFirst<S, I, O> extends Search<S, I, O> {

    /// By event: the newest configuration that waits there, plus one. The note of a configuration is the next.
    private final int[] waiting;
    private int event;
    private boolean started;

    BreadthFirst(Part<I, O> part, Transitions<S, I, O> transitions, boolean looksAhead) {
        super(part, transitions, looksAhead);
        waiting = new int[part.events.length + 1];
    }

    @Override
    Status run(long limit) {
        if (!started) {
            started = true;
            enqueue(start());
        }
        while (!isDone()) {
            while (event < waiting.length && waiting[event] == 0) {
                event++;
            }
            if (event == waiting.length) {
                return Status.EXHAUSTED;
            }
            if (configurations.size() >= limit) {
                return Status.RUNNING;
            }
            int from = waiting[event] - 1;
            waiting[event] = configurations.note(from);
            expand(from);
        }
        return Status.FOUND;
    }

    private void expand(int from) {
        configurations.load(from, key);
        open.seek(event);
        if (mayPass()) {
            enqueue(pass(from));
        }
        for (int place = open.after(open.end()); place != open.end(); place = open.after(place)) {
            if (!isDone(place)) {
                enqueue(apply(from, place));
            }
        }
        for (int kind = 0; kind < part.kinds.size(); kind++) {
            int place = unused(kind);
            if (place >= 0) {
                enqueue(apply(from, place));
            }
        }
    }

    private void enqueue(int configuration) {
        if (configuration != Configurations.NONE) {
            configurations.load(configuration, arrived);
            int at = Configurations.event(arrived);
            configurations.note(configuration, waiting[at]);
            waiting[at] = configuration + 1;
        }
    }

    private final long[] arrived = configurations.newKey();
}
