package holdfast.server.loop;

import holdfast.server.NodePort.Watch;
import holdfast.stream.StreamMachine;
import holdfast.stream.StreamView;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Who wants to know when a stream changes. The loop looks at the watched streams after each turn that has applied
/// something; whoever waits is woken when what it sees of the stream is not what it saw before.
final class Watches {

    /// One watched stream. `view` is what the loop saw last; `changes` counts how often that was news.
    private final class Watched {
        final String stream;
        final Condition changed = lock.newCondition();
        int watchers;
        boolean seen;
        StreamView view;
        long changes;

        Watched(String stream) {
            this.stream = stream;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Watched> watched = new HashMap<>();
    private volatile int streams;

    Watch watch(String stream) {
        lock.lock();
        try {
            Watched entry = watched.computeIfAbsent(stream, Watched::new);
            entry.watchers++;
            streams = watched.size();
            return new Registration(entry);
        } finally {
            lock.unlock();
        }
    }

    int streams() {
        return streams;
    }

    /// Called by the loop. The first look at a stream counts as news, because nobody knows what was there when
    /// the watch began.
    void look(StreamMachine machine) {
        if (streams == 0) {
            return;
        }
        lock.lock();
        try {
            for (Watched entry : watched.values()) {
                StreamView view = machine.view(entry.stream);
                if (!entry.seen || !Objects.equals(view, entry.view)) {
                    entry.seen = true;
                    entry.view = view;
                    entry.changes++;
                    entry.changed.signalAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private final class Registration implements Watch {
        private final Watched entry;
        private long known;
        private boolean closed;

        Registration(Watched entry) {
            this.entry = entry;
            known = entry.changes;
        }

        @Override
        public boolean await(long timeoutMillis) throws InterruptedException {
            long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            lock.lock();
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
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!closed) {
                    closed = true;
                    if (--entry.watchers == 0) {
                        watched.remove(entry.stream, entry);
                        streams = watched.size();
                    }
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
