package holdfast.server.loop;

import holdfast.server.NodePort.Watch;
import holdfast.stream.RecentChanges;
import holdfast.stream.StreamMachine;
import holdfast.stream.StreamView;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Who wants to know when a stream changes. After each turn that has applied something the loop looks at the streams that
/// the machine says were touched, and at no other, however many are watched; whoever waits is woken when what the loop sees
/// of the stream is not what it saw before.
final class Watches {

    /// One watched stream. `view` is what the loop saw last; `changes` counts how often that was news.
    private static final class Watched {
        final String stream;
        final ReentrantLock lock = new ReentrantLock();
        final Condition changed = lock.newCondition();
        /// Changed within the map's own lock on the name.
        int watchers;
        boolean seen;
        StreamView view;
        long changes;

        Watched(String stream) {
            this.stream = stream;
        }

        /// The first look counts as news, because nobody knows what was there when the watch began.
        void look(StreamMachine machine) {
            lock.lock();
            try {
                StreamView now = machine.view(stream);
                if (!seen || !Objects.equals(now, view)) {
                    seen = true;
                    view = now;
                    changes++;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private final ConcurrentHashMap<String, Watched> watched = new ConcurrentHashMap<>();
    private StreamMachine looked;
    private long changesLooked;

    Watch watch(String stream) {
        Watched entry = watched.compute(stream, (name, found) -> {
            Watched one = found == null ? new Watched(name) : found;
            one.watchers++;
            return one;
        });
        return new Registration(entry);
    }

    int streams() {
        return watched.size();
    }

    /// Called by the loop. Another machine than at the last call comes from a snapshot, which says nothing about how it came
    /// to be: all that is watched is looked at, as after more changes than the machine remembers.
    void look(StreamMachine machine) {
        RecentChanges changes = machine.recentChanges();
        if (machine != looked || changesLooked < changes.oldest()) {
            looked = machine;
            watched.values().forEach(entry -> entry.look(machine));
        } else {
            String last = null;
            for (long number = changesLooked; number < changes.count(); number++) {
                String name = changes.name(number);
                Watched entry = name.equals(last) ? null : watched.get(name);
                if (entry != null) {
                    entry.look(machine);
                }
                last = name;
            }
        }
        changesLooked = changes.count();
    }

    private final class Registration implements Watch {
        private final Watched entry;
        private long known;
        private boolean closed;

        Registration(Watched entry) {
            this.entry = entry;
            entry.lock.lock();
            try {
                known = entry.changes;
            } finally {
                entry.lock.unlock();
            }
        }

        @Override
        public boolean await(long timeoutMillis) throws InterruptedException {
            long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            entry.lock.lock();
            try {
                while (entry.changes == known) {
                    if (left <= 0) {
                        return false;
                    }
                    left = entry.changed.awaitNanos(left);
                }
                known = entry.changes;
                return true;
            } finally {
                entry.lock.unlock();
            }
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                watched.computeIfPresent(entry.stream, (_, found) -> --found.watchers == 0 ? null : found);
            }
        }
    }
}
