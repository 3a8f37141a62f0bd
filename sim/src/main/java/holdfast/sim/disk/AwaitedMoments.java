package holdfast.sim.disk;

import holdfast.Check;
import holdfast.env.DiskOp;
import holdfast.sim.kernel.EventQueue;
import java.util.ArrayList;
import java.util.List;

/// What is to happen at moments of one disk, in the order in which it was asked for. While one moment has begun and not
/// come, the others wait: so several that fit the same operations strike one after the other, each in another life of
/// the process. Those that name their operation by a number do not wait.
final class AwaitedMoments {

    /// More than a sensible plan ever has waiting on one disk.
    private static final int AWAITED_MAX = 1024;

    private static final int NEXT = -1;

    private static final class Awaited {
        final DiskMoment moment;
        final Runnable then;
        /// So many such operations begin before the one that counts, or [#NEXT].
        int before;

        Awaited(DiskMoment moment, int before, Runnable then) {
            this.moment = moment;
            this.before = before;
            this.then = then;
        }

        boolean isNext() {
            return before == NEXT;
        }
    }

    private final EventQueue queue;
    private final ArrayList<Awaited> awaited = new ArrayList<>();
    private Awaited begun;
    private long cleared;

    AwaitedMoments(EventQueue queue) {
        this.queue = queue;
    }

    /// The next operation that fits counts, or the one after it if that has another moment.
    void awaitNext(DiskMoment moment, Runnable then) {
        add(new Awaited(moment, NEXT, then));
    }

    /// @param nth the operation that counts is the nth that fits from now on; from 1
    void awaitNth(DiskMoment moment, int nth, Runnable then) {
        add(new Awaited(moment, nth - 1, then));
    }

    private void add(Awaited added) {
        Check.that(awaited.size() < AWAITED_MAX, "moments awaited on a disk are bounded", awaited.size(), AWAITED_MAX);
        awaited.add(added);
    }

    /// The disk begins this operation at that time.
    void begins(DiskOp op, long time) {
        for (Awaited waiting : List.copyOf(awaited)) {
            if (!waiting.moment.isBegunBy(op)) {
                continue;
            }
            boolean counts = waiting.isNext() ? begun == null : waiting.before-- == 0;
            if (counts) {
                awaited.remove(waiting);
                begin(waiting, time);
            }
        }
    }

    private void begin(Awaited beginning, long time) {
        boolean holdsOthersUp = beginning.isNext();
        begun = holdsOthersUp ? beginning : begun;
        long clearings = cleared;
        queue.at(time + beginning.moment.afterMicros(), () -> {
            begun = begun == beginning ? null : begun;
            if (clearings == cleared) {
                beginning.then.run();
            }
        });
    }

    /// No moment comes any more.
    void clear() {
        awaited.clear();
        begun = null;
        cleared++;
    }

    int count() {
        return awaited.size();
    }
}
