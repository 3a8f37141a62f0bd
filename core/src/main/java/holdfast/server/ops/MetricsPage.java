package holdfast.server.ops;

import holdfast.Sometimes;
import holdfast.server.NodePort.Role;
import holdfast.server.NodePort.Status;
import holdfast.server.peer.Complaint;
import holdfast.server.peer.PeerCounters;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/// `/metrics`, for Prometheus.
final class MetricsPage {

    private static final double MILLIS = 1e3;
    private static final long NANOS_PER_MICRO = 1_000;

    private final Observed observed;
    private final long startedMillis = System.currentTimeMillis();

    MetricsPage(Observed observed) {
        this.observed = observed;
    }

    String text() throws InterruptedException {
        MetricsText out = new MetricsText();
        node(out);
        NodeView view = observed.view();
        if (view != null) {
            log(out, view);
        }
        disk(out);
        peers(out);
        loop(out);
        situations(out);
        http(out);
        out.seconds("process_start_time_seconds", "gauge", "Start of the process since the Unix epoch.",
                (long) (startedMillis * MILLIS));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            out.seconds("process_cpu_seconds_total", "counter", "Processor time of this process.",
                    system.getProcessCpuTime() / NANOS_PER_MICRO);
        }
        return out.toString();
    }

    private void node(MetricsText out) {
        Status status = observed.status();
        out.family("holdfast_role", "gauge", "What the node is: 1 for its role, 0 for the others.");
        for (Role role : Role.values()) {
            out.sample("holdfast_role", "role=\"" + role.name().toLowerCase(Locale.ROOT) + "\"",
                    role == status.role() ? 1 : 0);
        }
        out.gauge("holdfast_term", "Newest term this node has seen.", status.term());
        out.gauge("holdfast_leader", "Id of the known leader, 0 if none is known.", status.leader());
        out.gauge("holdfast_commit_index", "Newest index known to be committed.", status.commitIndex());
        out.gauge("holdfast_applied_index", "Newest index applied to the streams.", status.appliedIndex());
    }

    private static void log(MetricsText out, NodeView view) {
        out.gauge("holdfast_durable_index", "Newest index on this node's stable storage.", view.durableIndex());
        out.gauge("holdfast_last_index", "Newest index in this node's log.", view.lastIndex());
        out.gauge("holdfast_snapshot_index", "Index up to which the log in memory has been dropped.",
                view.baseIndex());
        out.gauge("holdfast_told_index", "Newest index that leaders have told to be committed.", view.toldIndex());
        out.gauge("holdfast_disk_full", "1 if there is no room for the next file of the store.", view.isDiskFull() ? 1 : 0);
        out.counter("holdfast_disk_rot_total", "Damage of the store that was met and survived.", view.rotCount());
        out.gauge("holdfast_log_memory_bytes", "Payload bytes of log entries in memory.", view.logBytes());
    }

    private void disk(MetricsText out) {
        out.counter("holdfast_disk_syncs_total", "Syncs that succeeded.", observed.disk().syncs());
        out.seconds("holdfast_disk_sync_seconds_total", "counter", "Time spent in syncs that succeeded.",
                observed.disk().syncMicros());
        out.counter("holdfast_disk_writes_total", "Writes.", observed.disk().writes());
        out.counter("holdfast_disk_written_bytes_total", "Bytes written, zeros included.",
                observed.disk().writtenBytes());
        out.counter("holdfast_disk_reads_total", "Reads.", observed.disk().reads());
        out.counter("holdfast_disk_failures_total", "Operations that failed.", observed.disk().failures());
    }

    private void peers(MetricsText out) {
        out.family("holdfast_peer_connected", "gauge", "Whether this node can speak to the peer.");
        for (int peer : observed.network().counters().keySet()) {
            out.sample("holdfast_peer_connected", label(peer), observed.network().isConnected(peer) ? 1 : 0);
        }
        perPeer(out, "holdfast_peer_sent_frames_total", "Frames written to the peer.", PeerCounters::sentFrames);
        perPeer(out, "holdfast_peer_sent_bytes_total", "Bytes written to the peer.", PeerCounters::sentBytes);
        perPeer(out, "holdfast_peer_dropped_frames_total", "Frames dropped before they were written.",
                PeerCounters::droppedFrames);
        perPeer(out, "holdfast_peer_received_frames_total", "Frames read.", PeerCounters::receivedFrames);
        perPeer(out, "holdfast_peer_received_bytes_total", "Bytes read.", PeerCounters::receivedBytes);
        perPeer(out, "holdfast_peer_connections_total", "How often the peer was reached, on either lane.",
                PeerCounters::connections);
        perPeer(out, "holdfast_peer_silences_total", "Connections given up because the peer had fallen silent.",
                PeerCounters::silences);
        out.family("holdfast_peer_complaints_total", "counter", "What was wrong with what came to the peer port.");
        for (Complaint complaint : Complaint.values()) {
            out.sample("holdfast_peer_complaints_total", "kind=\"" + complaint.label() + "\"",
                    observed.network().complaints().count(complaint));
        }
    }

    private void perPeer(MetricsText out, String name, String help, ToLongFunction<PeerCounters> value) {
        out.family(name, "counter", help);
        for (Map.Entry<Integer, PeerCounters> peer : observed.network().counters().entrySet()) {
            out.sample(name, label(peer.getKey()), value.applyAsLong(peer.getValue()));
        }
    }

    private static String label(int peer) {
        return "peer=\"" + peer + "\"";
    }

    private void loop(MetricsText out) {
        out.counter("holdfast_loop_turns_total", "Turns of the node's loop.", observed.loop().turns());
        out.counter("holdfast_loop_inputs_total", "Inputs taken by the loop.", observed.loop().inputs());
        out.counter("holdfast_loop_dropped_packets_total", "Packets dropped before the loop.",
                observed.loop().droppedPackets());
        out.counter("holdfast_log_lines_dropped_total", "Lines of this node's log that nobody read in time.",
                observed.loop().droppedLogLines());
        out.gauge("holdfast_requests_waiting", "Requests handed to the loop and not answered yet.",
                observed.loop().waitingRequests());
        out.gauge("holdfast_streams_watched", "Streams that somebody waits on.", observed.loop().watchedStreams());
    }

    private void situations(MetricsText out) {
        out.family("holdfast_situations_total", "counter", "How often this process has met a situation of the core.");
        for (Sometimes point : Sometimes.values()) {
            String name = point.name().toLowerCase(Locale.ROOT).replace('_', '-');
            out.sample("holdfast_situations_total", "situation=\"" + name + "\"", observed.loop().situations().count(point));
        }
    }

    private void http(MetricsText out) {
        HttpCounters http = observed.httpCounters();
        out.gauge("holdfast_http_connections", "Open HTTP connections.", observed.connections().getAsInt());
        out.counter("holdfast_http_requests_total", "Requests answered.", http.servedCount());
        out.counter("holdfast_http_refused_total", "Bytes that were no acceptable request.", http.refusedCount());
        out.counter("holdfast_http_turned_away_total", "Connections above the bound.", http.turnedAwayCount());
        out.counter("holdfast_http_broken_total", "Connections that ended in the middle.", http.brokenCount());
        out.counter("holdfast_http_bugs_total", "Requests whose handler threw.", http.failedCount());
    }
}
