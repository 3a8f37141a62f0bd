package holdfast.server.ops;

import holdfast.server.NodePort;
import holdfast.server.NodePort.Status;
import holdfast.server.disk.DiskStatistics;
import holdfast.server.disk.DiskTrouble;
import holdfast.server.loop.NodeLoop;
import holdfast.server.peer.Partition;
import holdfast.server.peer.PeerNetwork;
import holdfast.server.store.FoundStore;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/// What the pages look at.
///
/// @param http where this node answers, as told to others
/// @param connections open HTTP connections
public record Observed(
        FoundStore store,
        String http,
        NodeLoop loop,
        NodePort door,
        DiskStatistics disk,
        PeerNetwork network,
        HttpCounters httpCounters,
        IntSupplier connections,
        DiskTrouble trouble,
        Partition partition) {

    private static final long LOOK_MILLIS_MAX = 1_000;

    Status status() {
        return loop.status();
    }

    /// Why nothing, or not everything, can be answered here, in one sentence, or empty.
    String trouble(NodeView view) {
        return view.trouble().isEmpty() ? loop.missing() : view.trouble();
    }

    /// The node from inside, or null if the loop does not answer.
    NodeView view() throws InterruptedException {
        if (!loop.isRunning()) {
            return null;
        }
        try {
            return loop.look(NodeView::of).get(LOOK_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLate) {
            return null;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a view is never a failure", impossible);
        }
    }
}
