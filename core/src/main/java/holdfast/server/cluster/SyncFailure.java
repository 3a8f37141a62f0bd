package holdfast.server.cluster;

import holdfast.Bytes;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.http.Headers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Makes the next sync of a running node fail. Where a tracer may attach, beneath the JVM: the system call
/// `fdatasync` itself returns EIO. Elsewhere by the node's own test hook, which throws where that error would
/// surface.
public final class SyncFailure {

    private static final long ATTACH_MILLIS_MAX = 5_000;
    private static final int ASK_MILLIS = 1_000;

    private SyncFailure() {}

    /// Arms the failure; returns how, for people, or an empty text if neither way worked.
    public static String arm(NodeProcess node) throws InterruptedException {
        if (attach(node.pid())) {
            return "strace makes its next fdatasync return EIO";
        }
        return hook(node) ? "the node's test hook makes its next sync fail with EIO" : "";
    }

    /// Returns whether a tracer has attached itself. It ends with the process it traces.
    private static boolean attach(long pid) throws InterruptedException {
        try {
            Process tracer = new ProcessBuilder(
                    "strace", "-f", "-p", Long.toString(pid), "-e", "trace=fdatasync",
                    "-e", "inject=fdatasync:error=EIO:when=1", "-o", "/dev/null")
                    .redirectErrorStream(true).start();
            CountDownLatch attached = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> awaitWord(tracer, attached));
            attached.await(ATTACH_MILLIS_MAX, TimeUnit.MILLISECONDS);
            return tracer.isAlive();
        } catch (IOException noTracer) {
            return false;
        }
    }

    /// A tracer says when it has attached, or why it could not, and then ends.
    private static void awaitWord(Process tracer, CountDownLatch attached) {
        try (BufferedReader words = new BufferedReader(
                new InputStreamReader(tracer.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = words.readLine(); line != null; line = words.readLine()) {
                if (line.contains("attached")) {
                    attached.countDown();
                }
            }
        } catch (IOException ended) {
            // The tracer is gone, which the other thread sees.
        }
        attached.countDown();
    }

    private static boolean hook(NodeProcess node) {
        try (HttpCaller caller = new HttpCaller(node.plan().http().resolved())) {
            return caller.call("POST", "/v1/test/disk?fail-sync=1", new Headers(), Bytes.EMPTY, ASK_MILLIS)
                    instanceof Called.Answered answer && answer.isGood();
        }
    }
}
