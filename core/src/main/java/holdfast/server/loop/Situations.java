package holdfast.server.loop;

import holdfast.Probe;
import holdfast.Sometimes;
import java.util.concurrent.atomic.AtomicLongArray;

/// How often this process has met each situation: written by the loop alone, read by anyone.
public final class Situations implements Probe {

    private final AtomicLongArray counts = new AtomicLongArray(Sometimes.values().length);

    @Override
    public void reached(Sometimes point) {
        int at = point.ordinal();
        counts.setOpaque(at, counts.getPlain(at) + 1);
    }

    public long count(Sometimes point) {
        return counts.getOpaque(point.ordinal());
    }
}
