package holdfast.server.bench;

import holdfast.Bytes;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.client.Problems;
import holdfast.server.http.Headers;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// One measurement: clients append, first to warm up, then on the record. Each client is a thread with a connection
/// and one append under way.
///
/// In an open loop all clients share one timetable: append `i` is due at `start + i / rate`, whoever is free takes
/// the next one, and its latency begins when it was due.
public final class LoadRun {

    private static final long LATE_MILLIS_MAX = 10_000;
    private static final double NANOS = 1e9;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// One client: its thread writes, the run reads after the end.
    private final class Client implements Runnable {
        final HttpCaller server;
        final byte[] request;
        final LatencyHistogram latency = new LatencyHistogram();
        long failed;
        Called lastFailure;

        Client(int number) {
            server = new HttpCaller(plan.servers().get(number % plan.servers().size()).resolved());
            request = server.encode("POST", plan.target(), headers, record);
        }

        @Override
        public void run() {
            try (server) {
                while (true) {
                    long due = plan.ratePerSecond() == 0 ? System.nanoTime() : awaitTurn();
                    if (due - end >= 0) {
                        return;
                    }
                    Called called = server.send(request, false, 0);
                    note(due, System.nanoTime(), called);
                }
            }
        }

        private void note(long due, long answered, Called called) {
            if (due - measureFrom < 0) {
                return;
            }
            if (called instanceof Called.Answered answer && answer.isGood()) {
                latency.record(answered - due);
            } else {
                failed++;
                lastFailure = called;
            }
        }
    }

    private final LoadPlan plan;
    private final Headers headers = Headers.of("Content-Type", "application/octet-stream");
    private final Bytes record;
    private final AtomicLong turns = new AtomicLong();
    private long start;
    private long measureFrom;
    private long end;

    public LoadRun(LoadPlan plan) {
        this.plan = plan;
        byte[] bytes = new byte[plan.recordBytes()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ('a' + i % 26);
        }
        record = Bytes.wrap(bytes);
    }

    private long awaitTurn() {
        long due = start + turns.getAndIncrement() * NANOS_PER_SECOND / plan.ratePerSecond();
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return due;
    }

    public LoadResult run() throws InterruptedException {
        List<Client> clients = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < plan.clients(); i++) {
            clients.add(new Client(i));
        }
        start = System.nanoTime();
        measureFrom = start + plan.warmUpMillis() * NANOS_PER_MILLI;
        end = measureFrom + plan.measureMillis() * NANOS_PER_MILLI;
        for (Client client : clients) {
            threads.add(Thread.ofVirtual().start(client));
        }
        Thread.sleep(plan.warmUpMillis());
        ServerCounters before = ServerCounters.ask(plan.watched());
        long cpuBefore = cpuNanos();
        joinAll(threads, clients);
        double cpu = (cpuNanos() - cpuBefore) / NANOS;
        ServerCounters after = ServerCounters.ask(plan.watched());
        LatencyHistogram all = new LatencyHistogram();
        long failed = 0;
        String lastFailure = "";
        for (Client client : clients) {
            all.add(client.latency);
            failed += client.failed;
            lastFailure = client.lastFailure == null ? lastFailure : Problems.sentence(client.lastFailure);
        }
        return new LoadResult(plan, all, failed, lastFailure, plan.measureMillis() / 1e3, after.since(before), cpu);
    }

    /// A call without an answer has no timer of its own; whoever is late hears it here.
    private void joinAll(List<Thread> threads, List<Client> clients) throws InterruptedException {
        long patience = end + LATE_MILLIS_MAX * NANOS_PER_MILLI;
        for (int i = 0; i < threads.size(); i++) {
            while (!threads.get(i).join(Duration.ofNanos(Math.max(1, patience - System.nanoTime())))) {
                clients.get(i).server.close();
            }
        }
    }

    /// CPU time of all threads of this process.
    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
