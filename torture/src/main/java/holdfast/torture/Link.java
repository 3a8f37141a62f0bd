package holdfast.torture;

import holdfast.server.config.HostPort;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What one node says to another goes through here, on connections as they are: cut, silent, slow, or dead without either end
/// being told.
final class Link implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 << 10;
    /// Small, so that little is under way in what stands still.
    private static final int SOCKET_BYTES = 32 << 10;
    private static final int CONNECT_MILLIS_MAX = 1_000;
    private static final int PARTS_PER_SECOND = 20;
    private static final long MILLIS_PER_SECOND = 1_000;

    private final ServerSocket door;
    private final HostPort target;
    private final Set<Pipe> pipes = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean stalled;
    private volatile int bytesPerSecond;

    /// Listens at once.
    Link(HostPort listen, HostPort target) throws IOException {
        this.target = target;
        door = new ServerSocket();
        try {
            door.setReuseAddress(true);
            door.setReceiveBufferSize(SOCKET_BYTES);
            door.bind(listen.resolved());
        } catch (IOException taken) {
            door.close();
            throw new IOException(listen + ": " + taken.getMessage(), taken);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    // ---- harm ----------------------------------------------------------------------------------------------

    /// Both ends of every connection get a reset.
    void reset() {
        pipes.forEach(Pipe::reset);
    }

    /// Connections stay and are accepted, and nothing moves on them until [#heal].
    void stall() {
        set(true, 0);
    }

    /// The connections of now never carry anything again, and neither end is told; later ones do.
    void abandon() {
        pipes.forEach(pipe -> pipe.abandoned = true);
    }

    void slow(int rate) {
        set(false, rate);
    }

    void heal() {
        set(false, 0);
    }

    private void set(boolean isStalled, int rate) {
        lock.lock();
        try {
            stalled = isStalled;
            bytesPerSecond = rate;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        reset();
        heal();
    }

    // ---- forwarding ----------------------------------------------------------------------------------------

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException closedOrBroken) {
                // Whoever was on it tries again.
            }
        }
    }

    private void connect(Socket near) {
        Pipe pipe = new Pipe(near, new Socket());
        pipes.add(pipe);
        try {
            pipe.awaitFlow();
            pipe.far.setSendBufferSize(SOCKET_BYTES);
            pipe.far.connect(target.resolved(), CONNECT_MILLIS_MAX);
            near.setTcpNoDelay(true);
            pipe.far.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pipe.pump(pipe.far, near));
            pipe.pump(near, pipe.far);
        } catch (IOException unreachable) {
            pipe.reset();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// One connection from end to end.
    private final class Pipe {
        private final Socket near;
        private final Socket far;
        private volatile boolean abandoned;

        Pipe(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        void pump(Socket from, Socket to) {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                int read = from.getInputStream().read(buffer);
                while (read >= 0) {
                    awaitFlow();
                    forward(buffer, read, to);
                    int rate = bytesPerSecond;
                    int part = rate == 0 ? BUFFER_BYTES : Math.clamp(rate / PARTS_PER_SECOND, 1, BUFFER_BYTES);
                    read = from.getInputStream().read(buffer, 0, part);
                }
                awaitFlow();
            } catch (IOException cut) {
                // Both ends learn it below.
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            close();
        }

        private void forward(byte[] buffer, int count, Socket to) throws IOException, InterruptedException {
            int rate = bytesPerSecond;
            if (rate > 0) {
                Thread.sleep(count * MILLIS_PER_SECOND / rate);
            }
            to.getOutputStream().write(buffer, 0, count);
        }

        void awaitFlow() throws InterruptedException {
            lock.lock();
            try {
                while ((stalled || abandoned) && !door.isClosed()) {
                    changed.await();
                }
            } finally {
                lock.unlock();
            }
        }

        void reset() {
            for (Socket end : new Socket[] {near, far}) {
                try {
                    end.setSoLinger(true, 0);
                } catch (IOException closed) {
                    // Then there is nothing to reset.
                }
            }
            close();
        }

        private void close() {
            pipes.remove(this);
            for (Socket end : new Socket[] {near, far}) {
                try {
                    end.close();
                } catch (IOException ignored) {
                    // It is gone either way.
                }
            }
        }
    }
}
