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

    private record Awaited(DiskMoment moment, Runnable then) {}

    private final EventQueue queue;
    private final ArrayList<Awaited> awaited = new ArrayList<>();
    private Awaited begun;

    AwaitedMoments(EventQueue queue) {
        this.queue = queue;
    }

    void await(DiskMoment moment, Runnable then) {
        Check.that(awaited.size() < AWAITED_MAX, "moments awaited on a disk are bounded", awaited.size(), AWAITED_MAX);
        awaited.add(new Awaited(moment, then));
    }

    /// The disk begins this operation at that time.
    void begins(DiskOp op, long time) {
        for (int i = 0; begun == null && i < awaited.size(); i++) {
            if (awaited.get(i).moment().isBegunBy(op)) {
                Awaited beginning = awaited.remove(i);
                begun = beginning;
                queue.at(time + beginning.moment().afterMicros(), () -> come(beginning));
            }
        }
    }

    private void come(Awaited coming) {
        if (begun == coming) {
            begun = null;
            coming.then().run();
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
