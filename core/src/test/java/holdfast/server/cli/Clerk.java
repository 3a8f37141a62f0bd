package holdfast.server.cli;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.server.client.Appender;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.client.Servers;
import holdfast.server.config.HostPort;
import holdfast.server.http.Headers;
import java.util.List;

/// A producer that writes `r1;r2;...` into a stream of its own, one record after the other and each until it is
/// acknowledged, and so knows what must be there: exactly that, up to what was acknowledged and at most one record more.
final class Clerk {

    private static final String TEXT = "text/plain";
    private static final long LOOK_MILLIS = 50;
    private static final long PAUSE_MILLIS = 5;
    private static final long PATIENCE_MILLIS = 60_000;
    private static final int CALL_MILLIS = 10_000;

    private final String stream;
    private final Servers servers;
    private final Appender appender;
    private final Thread thread = new Thread(this::work, "clerk");
    private volatile int acknowledged;
    private volatile boolean stopping;
    private volatile Throwable failure;

    Clerk(String name, List<HostPort> addresses) throws InterruptedException {
        stream = "/v1/stream/" + name;
        servers = new Servers(addresses);
        appender = new Appender(servers, stream, TEXT, name);
        while (!(servers.call("PUT", stream, Headers.of("Content-Type", TEXT), Bytes.EMPTY, CALL_MILLIS)
                        instanceof Called.Answered made)
                || !made.isGood()) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /// Writes that many; returns the voters that had synced the last one.
    String append(int times) throws InterruptedException {
        String syncedBy = "";
        for (int i = 0; i < times; i++) {
            String record = "r" + (acknowledged + 1) + ";";
            Appender.Outcome outcome = appender.append(Bytes.utf8(record), PATIENCE_MILLIS);
            Called.Answered receipt = assertInstanceOf(Appender.Outcome.Written.class, outcome, outcome.toString()).receipt();
            syncedBy = receipt.header("Holdfast-Synced-By");
            acknowledged++;
        }
        return syncedBy;
    }

    // ---- in the background ---------------------------------------------------------------------------------

    /// From now on it writes by itself, whatever becomes of the nodes.
    void start() {
        thread.start();
    }

    private void work() {
        try {
            while (!stopping) {
                append(1);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (Throwable broken) {
            failure = broken;
        }
    }

    /// Waits until it has written that many more: it gets on meanwhile.
    void awaitMore(int records) throws InterruptedException {
        int enough = acknowledged + records;
        while (acknowledged < enough) {
            mustBeWell();
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /// Ends the writing in the background, the record under way included.
    void rest() throws InterruptedException {
        stopping = true;
        thread.join();
        mustBeWell();
    }

    private void mustBeWell() {
        assertNull(failure, () -> "the clerk of " + stream + " failed: " + failure);
    }

    // ---- what must be there --------------------------------------------------------------------------------

    /// Everything that was acknowledged before this call, in its order, once, by linearizable reads at that node.
    void mustBeThere(int node, HostPort http) throws InterruptedException {
        int atLeast = acknowledged;
        String found = read(http);
        int count = (int) found.chars().filter(c -> c == ';').count();
        StringBuilder expected = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            expected.append('r').append(i).append(';');
        }
        assertTrue(found.contentEquals(expected), () -> "at node " + node + " in " + stream + ": " + found);
        assertTrue(count >= atLeast, () -> "at node " + node + " " + count + " of " + atLeast + " in " + stream);
        assertTrue(count <= acknowledged + 1, () -> "at node " + node + " " + count + " records, more than were written");
    }

    private String read(HostPort http) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        String offset = "-1";
        try (HttpCaller caller = new HttpCaller(http.resolved())) {
            while (true) {
                Called called = caller.get(stream + "?offset=" + offset, CALL_MILLIS);
                if (called instanceof Called.Answered answer && answer.status() == 200) {
                    text.append(answer.body().utf8());
                    offset = answer.header("Stream-Next-Offset");
                    if ("true".equals(answer.header("Stream-Up-To-Date"))) {
                        return text.toString();
                    }
                } else {
                    assertTrue(!(called instanceof Called.Answered answer) || answer.status() == 503, called.toString());
                    Thread.sleep(LOOK_MILLIS);
                }
            }
        }
    }

    /// Gives up whatever it is at.
    void stop() throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join();
        servers.close();
    }
}
