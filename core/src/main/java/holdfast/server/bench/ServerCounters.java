package holdfast.server.bench;

import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.config.HostPort;
import java.util.List;

/// What all nodes together have done so far, by their own metrics.
///
/// @param known false if a node did not tell
public record ServerCounters(boolean known, double syncs, double cpuSeconds) {

    private static final int ASK_MILLIS = 2_000;

    public static ServerCounters ask(List<HostPort> nodes) {
        boolean known = true;
        double syncs = 0;
        double cpu = 0;
        for (HostPort node : nodes) {
            try (HttpCaller caller = new HttpCaller(node.resolved())) {
                if (caller.get("/metrics", ASK_MILLIS) instanceof Called.Answered answer && answer.isGood()) {
                    syncs += value(answer.body().utf8(), "holdfast_disk_syncs_total");
                    cpu += value(answer.body().utf8(), "process_cpu_seconds_total");
                } else {
                    known = false;
                }
            }
        }
        return new ServerCounters(known, syncs, cpu);
    }

    static double value(String metrics, String name) {
        for (String line : metrics.split("\n")) {
            if (line.startsWith(name + " ")) {
                return Double.parseDouble(line.substring(name.length() + 1));
            }
        }
        return 0;
    }

    public ServerCounters since(ServerCounters before) {
        return new ServerCounters(
                known && before.known, syncs - before.syncs, cpuSeconds - before.cpuSeconds);
    }
}
