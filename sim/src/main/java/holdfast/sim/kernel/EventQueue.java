package holdfast.sim.kernel;

import holdfast.Check;
import java.util.Arrays;

/// Virtual time and what is due in it: a binary heap ordered by (time, order of scheduling), so that two
/// events at one microsecond run in the order in which they were asked for. Time only moves here.
public final class EventQueue {

    /// Something that happens at a moment. Implementations must not be compared or hashed.
    @FunctionalInterface
    public interface Task {
        void run();
    }

    private static final int INITIAL_CAPACITY = 1024;

    private long[] times = new long[INITIAL_CAPACITY];
    private long[] orders = new long[INITIAL_CAPACITY];
    private long[] origins = new long[INITIAL_CAPACITY];
    private Task[] tasks = new Task[INITIAL_CAPACITY];
    private int size;
    private long now;
    private long scheduled;
    private long tasksRun;
    private long origin;
    /// What tasks scheduled from now on come from.
    private long source;

    /// Virtual microseconds since the beginning of the universe.
    public long now() {
        return now;
    }

    /// Whatever is scheduled from now on comes from this event, a number that means something to the caller.
    public void scheduleAs(long event) {
        source = event;
    }

    /// What the task that runs comes from: the event in which it was scheduled, or 0.
    public long origin() {
        return origin;
    }

    /// Tasks so far, the one that runs among them.
    public long tasksRun() {
        return tasksRun;
    }

    public int size() {
        return size;
    }

    /// The time of the next task, or `Long.MAX_VALUE` if none.
    public long nextTime() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    public void after(long delayMicros, Task task) {
        at(now + delayMicros, task);
    }

    public void at(long time, Task task) {
        Check.that(time >= now, "nothing happens in the past", time, now);
        if (size == times.length) {
            grow();
        }
        siftUp(size++, time, scheduled++, source, task);
    }

    /// Moves time to the next task and runs it; false if nothing is left.
    public boolean runNext() {
        if (size == 0) {
            return false;
        }
        now = times[0];
        origin = origins[0];
        source = origin;
        tasksRun++;
        Task next = tasks[0];
        size--;
        Task last = tasks[size];
        tasks[size] = null;
        if (size > 0) {
            siftDown(times[size], orders[size], origins[size], last);
        }
        next.run();
        return true;
    }

    private void siftUp(int slot, long time, long order, long cause, Task task) {
        int hole = slot;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (times[parent] < time || (times[parent] == time && orders[parent] < order)) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        place(hole, time, order, cause, task);
    }

    private void siftDown(long time, long order, long cause, Task task) {
        int hole = 0;
        while (true) {
            int child = 2 * hole + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isBefore(child + 1, child)) {
                child++;
            }
            if (time < times[child] || (time == times[child] && order < orders[child])) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        place(hole, time, order, cause, task);
    }

    private boolean isBefore(int left, int right) {
        return times[left] < times[right] || (times[left] == times[right] && orders[left] < orders[right]);
    }

    private void move(int from, int to) {
        place(to, times[from], orders[from], origins[from], tasks[from]);
    }

    private void place(int slot, long time, long order, long cause, Task task) {
        times[slot] = time;
        orders[slot] = order;
        origins[slot] = cause;
        tasks[slot] = task;
    }

    private void grow() {
        int capacity = 2 * size;
        times = Arrays.copyOf(times, capacity);
        orders = Arrays.copyOf(orders, capacity);
        origins = Arrays.copyOf(origins, capacity);
        tasks = Arrays.copyOf(tasks, capacity);
    }
}
