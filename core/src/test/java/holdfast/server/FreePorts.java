package holdfast.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports for nodes that will be started and stopped: a run of them that is free now, below the range from which
/// systems take ports for outgoing connections, so that it stays free. Tests run in several JVMs at once; each has its share
/// of the range.
public final class FreePorts {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int SHARES = 4;
    private static final int SHARE = (HIGHEST - LOWEST) / SHARES;
    private static final int OWN_LOWEST = LOWEST + Integer.getInteger("surefire.forkNumber", 0) % SHARES * SHARE;

    private FreePorts() {}

    /// The first of `count` neighbours.
    public static int run(int count) {
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(OWN_LOWEST, OWN_LOWEST + SHARE - count);
            if (areFree(first, count)) {
                return first;
            }
        }
    }

    private static boolean areFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                continue;
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
