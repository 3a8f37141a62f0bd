package holdfast.server.bench;

import holdfast.server.ops.JsonText;
import java.util.Locale;

/// What one measurement saw. Durations are nanoseconds.
///
/// @param latency of appends that were written: closed loop from sending, open loop from the moment the append was
///     due, so that a client kept waiting by an earlier append counts its wait (no coordinated omission)
/// @param failed appends with any other end
/// @param lastFailure how one of them ended, in a sentence; empty if there is none
/// @param seconds how long was measured
/// @param servers what the nodes did meanwhile
/// @param clientCpuSeconds of this process
public record LoadResult(
        LoadPlan plan,
        LatencyHistogram latency,
        long failed,
        String lastFailure,
        double seconds,
        ServerCounters servers,
        double clientCpuSeconds) {

    /// Fits a terminal of 80 columns; the JSON has the rest. Syncs and CPU are those of all nodes, for one append.
    public static final String HEADER =
            "clients  rate/s appends/s  p50 ms  p99 ms   p99.9  max ms failed  syncs  CPU ms";

    private static final String ROW = "%7d %7s %9.0f %7.2f %7.2f %7.2f %7.2f %6d %6s %7s";
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double THOUSAND = 1e3;

    public double perSecond() {
        return latency.count() / seconds;
    }

    public double millis(long per100000) {
        return latency.percentile(per100000) / NANOS_PER_MILLI;
    }

    private double syncsPerAppend() {
        return servers.syncs() / Math.max(1, latency.count());
    }

    private double appendsPerSync() {
        return latency.count() * plan.watched().size() / Math.max(1, servers.syncs());
    }

    private double serverCpu() {
        return servers.cpuSeconds() * THOUSAND / Math.max(1, latency.count());
    }

    private double clientCpu() {
        return clientCpuSeconds * THOUSAND / Math.max(1, latency.count());
    }

    public String row() {
        return String.format(
                Locale.ROOT, ROW, plan.clients(), plan.ratePerSecond() == 0 ? "closed" : plan.ratePerSecond(),
                perSecond(), millis(50_000), millis(99_000), millis(99_900),
                latency.max() / NANOS_PER_MILLI, failed, told("%.2f", syncsPerAppend()), told("%.3f", serverCpu()));
    }

    private String told(String format, double number) {
        return servers.known() ? String.format(Locale.ROOT, format, number) : "-";
    }

    public void writeTo(JsonText json) {
        json.open();
        json.put("clients", plan.clients()).put("ratePerSecond", plan.ratePerSecond());
        json.put("recordBytes", plan.recordBytes()).put("seconds", seconds);
        json.put("appends", latency.count()).put("failed", failed).put("appendsPerSecond", perSecond());
        json.put("p50Millis", millis(50_000)).put("p90Millis", millis(90_000)).put("p99Millis", millis(99_000));
        json.put("p999Millis", millis(99_900)).put("maxMillis", latency.max() / NANOS_PER_MILLI);
        json.put("meanMillis", latency.mean() / NANOS_PER_MILLI);
        if (servers.known()) {
            json.put("syncs", servers.syncs()).put("syncsPerAppend", syncsPerAppend());
            json.put("appendsPerSyncAndNode", appendsPerSync()).put("serverCpuSecondsPer1000", serverCpu());
        }
        json.put("clientCpuSecondsPer1000", clientCpu());
        json.close();
    }
}
