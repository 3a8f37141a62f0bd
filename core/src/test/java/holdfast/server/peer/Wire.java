package holdfast.server.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A proxy that stands for the wire to one node, and can swallow what is said on it as a wire does that is cut: nobody is
/// told, no connection ends.
final class Wire implements AutoCloseable {

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile int generation;
    private volatile boolean isCut;
    private volatile long passesMax = Long.MAX_VALUE;

    Wire(int target) throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /// From now on everything is swallowed, on connections that are there and on new ones.
    void cut() {
        isCut = true;
        generation++;
    }

    /// New connections pass again; the old ones stay dead, and nobody says so.
    void heal() {
        isCut = false;
    }

    /// Of each connection only so many bytes pass; then it stands still, as a line does that is slow without end.
    void stopAfter(long bytes) {
        passesMax = bytes;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                sockets.add(near);
                if (!isCut) {
                    Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                    sockets.add(far);
                    Thread.ofVirtual().start(() -> pump(near, far));
                    Thread.ofVirtual().start(() -> pump(far, near));
                }
            } catch (IOException nobodyThere) {
                // The caller sees a connection that says nothing.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        int born = generation;
        byte[] buffer = new byte[16 << 10];
        try {
            long passed = 0;
            int count = from.getInputStream().read(buffer);
            while (count >= 0 && generation == born && passed < passesMax) {
                to.getOutputStream().write(buffer, 0, count);
                passed += count;
                count = from.getInputStream().read(buffer);
            }
            if (generation != born || count >= 0) {
                return;
            }
        } catch (IOException ended) {
            if (generation != born) {
                return;
            }
        }
        Strangers.hangUp(from);
        Strangers.hangUp(to);
    }

    @Override
    public void close() throws IOException {
        door.close();
        sockets.forEach(Strangers::hangUp);
    }
}
