package holdfast.server.ops;

import holdfast.raft.Member;
import holdfast.server.NodePort.Status;
import java.util.Locale;

/// `/v1/status`: what this node is and sees, as JSON.
final class StatusPage {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Observed observed;
    private final long started = System.nanoTime();

    StatusPage(Observed observed) {
        this.observed = observed;
    }

    String json() throws InterruptedException {
        Status status = observed.status();
        JsonText json = new JsonText().open();
        json.put("node", status.self());
        json.put("cluster", observed.store().name());
        json.put("clusterId", observed.store().id().clusterId().toString());
        json.put("diskId", observed.store().id().diskUuid().toString());
        json.put("role", status.role().name().toLowerCase(Locale.ROOT));
        json.put("term", status.term());
        json.put("leader", status.leader());
        json.put("http", observed.http());
        json.put("leaderHttp", httpOf(status.leader()));
        json.openList("voters");
        status.voters().forEach(json::item);
        json.closeList();
        json.put("commitIndex", status.commitIndex());
        json.put("appliedIndex", status.appliedIndex());
        NodeView view = observed.view();
        if (view != null) {
            json.put("durableIndex", view.durableIndex());
            json.put("lastIndex", view.lastIndex());
            json.put("snapshotIndex", view.baseIndex());
            json.put("trouble", observed.trouble(view));
            json.put("toldIndex", view.toldIndex());
            disks(json, view);
        }
        disk(json, view);
        peers(json, view);
        json.put("uptimeSeconds", (System.nanoTime() - started) / NANOS_PER_SECOND);
        return json.close() + "\n";
    }

    private String httpOf(int node) {
        if (node == observed.store().config().node()) {
            return observed.http();
        }
        String told = observed.network().httpAddress(node);
        return told == null ? "" : told;
    }

    private void disk(JsonText json, NodeView view) {
        json.open("disk");
        json.put("state", observed.disk().failures() == 0 ? "ok" : "failed");
        json.put("syncs", observed.disk().syncs());
        json.put("syncMicros", observed.disk().smoothedSyncMicros());
        json.put("writtenBytes", observed.disk().writtenBytes());
        if (view != null) {
            json.put("full", view.isDiskFull());
            json.put("rotCount", view.rotCount());
            json.openList("rot");
            view.rot().forEach(json::item);
            json.closeList();
        }
        json.close();
    }

    /// Which disk stands for which voter; an empty text for a voter that nobody has heard yet.
    private static void disks(JsonText json, NodeView view) {
        json.openList("disks");
        for (Member member : view.members()) {
            json.open().put("node", member.id()).put("disk", member.isBound() ? member.disk().toString() : "");
            json.put("since", member.since()).close();
        }
        json.closeList();
    }

    private void peers(JsonText json, NodeView view) {
        json.openList("peers");
        observed.network().counters().forEach((peer, counters) -> {
            json.open().put("node", peer).put("http", httpOf(peer));
            json.put("connected", observed.network().isConnected(peer));
            if (view != null && view.matchIndexes().containsKey(peer)) {
                json.put("matchIndex", view.matchIndexes().get(peer));
            }
            json.put("droppedFrames", counters.droppedFrames()).close();
        });
        json.closeList();
    }
}
