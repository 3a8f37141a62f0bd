package holdfast.sim.disk;

import holdfast.Check;
import holdfast.env.DiskOp;
import holdfast.sim.kernel.EventQueue;
import java.util.ArrayList;

/// What is to happen at moments of one disk, in the order in which it was asked for. While one moment has begun and not
/// come, the others wait: so several that fit the same operations strike one after the other, each in another life of
/// the process.
final class AwaitedMoments {

    /// More than a sensible plan ever has waiting on one disk.
    private static final int AWAITED_MAX = 1024;

    private static final class Awaited {
        final DiskMoment moment;
        final Runnable then;
        /// So many such operations begin before the one that counts.
        int before;

        Awaited(DiskMoment moment, int before, Runnable then) {
            this.moment = moment;
            this.before = before;
            this.then = then;
        }
    }

    private final EventQueue queue;
    private final ArrayList<Awaited> awaited = new ArrayList<>();
    private Awaited begun;

    AwaitedMoments(EventQueue queue) {
        this.queue = queue;
    }

    /// @param nth the operation that counts is the nth that fits from now on; from 1
    void await(DiskMoment moment, int nth, Runnable then) {
        Check.that(awaited.size() < AWAITED_MAX, "moments awaited on a disk are bounded", awaited.size(), AWAITED_MAX);
        awaited.add(new Awaited(moment, nth - 1, then));
    }

    /// The disk begins this operation at that time.
    void begins(DiskOp op, long time) {
        Awaited next = null;
        for (Awaited waiting : awaited) {
            boolean counts = waiting.moment.isBegunBy(op) && --waiting.before < 0;
            if (counts && next == null) {
                next = waiting;
            }
        }
        if (next != null && begun == null) {
            awaited.remove(next);
            begin(next, time);
        }
    }

    private void begin(Awaited beginning, long time) {
        begun = beginning;
        queue.at(time + beginning.moment.afterMicros(), () -> come(beginning));
    }

    private void come(Awaited coming) {
        if (begun == coming) {
            begun = null;
            coming.then.run();
        }
    }

    /// No moment comes any more.
    void clear() {
        awaited.clear();
        begun = null;
    }

    int count() {
        return awaited.size();
    }
}
