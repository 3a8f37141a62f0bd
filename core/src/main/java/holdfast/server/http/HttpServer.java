package holdfast.server.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Accepts connections and gives each a virtual thread. Two threads of its own: one accepts, one looks after
/// clients that keep it waiting ([Connection#endIfOverdue]): a time limit on each read would cost a timer each.
public final class HttpServer implements AutoCloseable {

    private static final int BACKLOG = 1_024;
    private static final int WATCH_MILLIS = 100;
    private static final int DRAIN_STEP_MILLIS = 10;

    private final ServerSocketChannel listener;
    private final int port;
    private final Connection.Shared shared;
    private final HttpEvents events;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean isStopping;

    private HttpServer(ServerSocketChannel listener, int port, Connection.Shared shared) {
        this.listener = listener;
        this.port = port;
        this.shared = shared;
        events = shared.events();
    }

    /// As below, closed to web pages.
    public static HttpServer start(
            InetSocketAddress address, HttpLimits limits, HttpHandler handler, HttpEvents events) throws IOException {
        return start(address, limits, Cors.NONE, handler, events);
    }

    /// Listens at once; port 0 means any.
    public static HttpServer start(
            InetSocketAddress address, HttpLimits limits, Cors cors, HttpHandler handler, HttpEvents events)
            throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        int port;
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(address, BACKLOG);
            port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        } catch (IOException taken) {
            listener.close();
            throw taken;
        }
        HttpServer server = new HttpServer(
                listener, port, new Connection.Shared(limits, cors, handler, events, Budgets.of(limits)));
        Thread.ofPlatform().name("http-accept").daemon().start(server::accept);
        Thread.ofVirtual().name("http-watch").start(server::watch);
        return server;
    }

    public int port() {
        return port;
    }

    public int connections() {
        return connections.size();
    }

    /// Whatever goes wrong with one connection, others are accepted: also when the process may not open another file, and
    /// when memory is short.
    private void accept() {
        while (!isStopping) {
            try {
                take(listener.accept());
            } catch (IOException broken) {
                if (!isStopping) {
                    events.broken(broken);
                    pause(DRAIN_STEP_MILLIS);
                }
            } catch (RuntimeException | Error trouble) {
                events.failed("accepting a connection", trouble);
                pause(DRAIN_STEP_MILLIS);
            }
        }
    }

    private void take(SocketChannel channel) {
        if (connections.size() >= shared.limits().connectionsMax() && !closeLongestIdle()) {
            events.turnedAway();
            Connection.turnAway(channel, shared.cors());
            return;
        }
        Connection connection = new Connection(channel, shared);
        connections.add(connection);
        Thread.ofVirtual().name("http").start(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        });
    }

    /// Whoever waits for nothing makes room: clients that hold all connections without using them would otherwise keep
    /// everybody out, operators too. False if all are busy.
    private boolean closeLongestIdle() {
        long now = System.nanoTime();
        Connection longest = null;
        long longestNanos = -1;
        for (Connection connection : connections) {
            long since = connection.idleSince();
            if (since != 0 && now - since > longestNanos) {
                longest = connection;
                longestNanos = now - since;
            }
        }
        if (longest == null) {
            return false;
        }
        longest.closeNow();
        connections.remove(longest);
        return true;
    }

    private void watch() {
        while (!isStopping) {
            pause(WATCH_MILLIS);
            try {
                long now = System.nanoTime();
                connections.forEach(connection -> connection.endIfOverdue(now));
            } catch (RuntimeException | Error trouble) {
                events.failed("looking after connections", trouble);
            }
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Takes no more connections and no more requests, gives those under way `graceMillis`, then cuts off.
    public void stop(int graceMillis) {
        isStopping = true;
        try {
            listener.close();
        } catch (IOException _) {
            // Not listening any more is all that was wanted.
        }
        connections.forEach(Connection::closeSoon);
        for (int waited = 0; waited < graceMillis && !connections.isEmpty(); waited += DRAIN_STEP_MILLIS) {
            pause(DRAIN_STEP_MILLIS);
        }
        connections.forEach(Connection::closeNow);
    }

    @Override
    public void close() {
        stop(0);
    }
}
