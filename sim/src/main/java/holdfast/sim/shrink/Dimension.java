package holdfast.sim.shrink;

import holdfast.sim.plan.Cluster;
import holdfast.sim.plan.Cluster.Noise;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.Workload;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

/// A number of a plan that says more the larger it is.
///
/// @param least what says least
record Dimension(String name, long least, ToLongFunction<Plan> value, BiFunction<Plan, Long, Plan> with) {

    /// What there is to understand: each operation of each client is an event that somebody has to read.
    static final List<Dimension> OPERATIONS = List.of(
            work("verbs", 0, w -> w.habits().verbs(), (w, n) -> verbs(w, (int) n)),
            work("again", 0, w -> w.habits().again(), (w, n) -> again(w, (int) n)),
            work("clients", 1, w -> w.clients(), (w, n) -> workload(w, (int) n, w.operations(), w.streams())),
            work("operations", 1, w -> w.operations(), (w, n) -> workload(w, w.clients(), (int) n, w.streams())),
            work("streams", 1, w -> w.streams(), (w, n) -> workload(w, w.clients(), w.operations(), (int) n)));

    /// What happens besides, by chance.
    static final List<Dimension> CHANCES = List.of(
            noise("loss", Noise::lossPpm, (o, n) -> new Noise(o.delayMicros(), n, o.duplicatePpm(), o.latePpm(), o.lateMicros())),
            noise("duplicate", Noise::duplicatePpm,
                    (o, n) -> new Noise(o.delayMicros(), o.lossPpm(), n, o.latePpm(), o.lateMicros())),
            noise("late", Noise::latePpm, (o, n) -> new Noise(
                    o.delayMicros(), o.lossPpm(), o.duplicatePpm(), n, n == 0 ? 0 : o.lateMicros())),
            work("close", 0, Workload::closePpm, (w, n) -> kinds(w, w.readPpm(), w.localPpm(), w.conditionalPpm(), (int) n,
                    w.deletePpm())),
            work("delete", 0, Workload::deletePpm, (w, n) -> kinds(w, w.readPpm(), w.localPpm(), w.conditionalPpm(),
                    w.closePpm(), (int) n)),
            work("conditional", 0, Workload::conditionalPpm, (w, n) -> kinds(w, w.readPpm(), w.localPpm(), (int) n,
                    w.closePpm(), w.deletePpm())),
            work("local", 0, Workload::localPpm, (w, n) -> kinds(w, w.readPpm(), (int) n, w.conditionalPpm(), w.closePpm(),
                    w.deletePpm())),
            work("read", 0, Workload::readPpm, (w, n) -> kinds(w, (int) n, w.localPpm(), w.conditionalPpm(), w.closePpm(),
                    w.deletePpm())),
            work("records", 1, Workload::recordsMax, (w, n) -> records(w, (int) n, w.recordBytesMax())),
            work("record-bytes", 1, Workload::recordBytesMax, (w, n) -> records(w, w.recordsMax(), (int) n)));

    private interface Counted<T> {
        T with(T part, long number);
    }

    private interface Part {
        Noise with(Noise noise, int number);
    }

    private static Dimension work(String name, long least, ToLongFunction<Workload> value, Counted<Workload> with) {
        return new Dimension(name, least, plan -> value.applyAsLong(plan.workload()), (plan, number) ->
                plan.withWorkload(with.with(plan.workload(), number)));
    }

    private static Dimension noise(String name, ToLongFunction<Noise> value, Part with) {
        return new Dimension(name, 0, plan -> value.applyAsLong(plan.cluster().noise()), (plan, number) -> {
            Cluster c = plan.cluster();
            Noise noise = with.with(c.noise(), number.intValue());
            return plan.withCluster(new Cluster(c.machines(), c.isForming(), c.turnMicros(), noise, c.knobs()));
        });
    }

    private static Workload workload(Workload w, int clients, int operations, int streams) {
        return new Workload(
                clients, operations, streams, w.thinkMicros(), w.recordsMax(), w.recordBytesMax(), w.readPpm(), w.localPpm(),
                w.conditionalPpm(), w.producerPpm(), w.closePpm(), w.deletePpm(), w.attemptMicros(), w.attemptsMax(),
                w.backoffMicros(), w.backoffMaxMicros(), w.habits());
    }

    private static Workload verbs(Workload w, int verbs) {
        Workload.Habits h = w.habits();
        return new Workload(
                w.clients(), w.operations(), w.streams(), w.thinkMicros(), w.recordsMax(), w.recordBytesMax(), w.readPpm(),
                w.localPpm(), w.conditionalPpm(), w.producerPpm(), w.closePpm(), w.deletePpm(), w.attemptMicros(),
                w.attemptsMax(), w.backoffMicros(), w.backoffMaxMicros(),
                new Workload.Habits(h.numberedPpm(), h.tokenPpm(), h.elsewherePpm(), verbs, h.again()));
    }

    private static Workload again(Workload w, int again) {
        Workload.Habits h = w.habits();
        return new Workload(
                w.clients(), w.operations(), w.streams(), w.thinkMicros(), w.recordsMax(), w.recordBytesMax(), w.readPpm(),
                w.localPpm(), w.conditionalPpm(), w.producerPpm(), w.closePpm(), w.deletePpm(), w.attemptMicros(),
                w.attemptsMax(), w.backoffMicros(), w.backoffMaxMicros(),
                new Workload.Habits(h.numberedPpm(), h.tokenPpm(), h.elsewherePpm(), h.verbs(), again));
    }

    private static Workload kinds(Workload w, int read, int local, int conditional, int close, int delete) {
        return new Workload(
                w.clients(), w.operations(), w.streams(), w.thinkMicros(), w.recordsMax(), w.recordBytesMax(), read, local,
                conditional, w.producerPpm(), close, delete, w.attemptMicros(), w.attemptsMax(), w.backoffMicros(),
                w.backoffMaxMicros(), w.habits());
    }

    private static Workload records(Workload w, int records, int bytes) {
        return new Workload(
                w.clients(), w.operations(), w.streams(), w.thinkMicros(), records, bytes, w.readPpm(), w.localPpm(),
                w.conditionalPpm(), w.producerPpm(), w.closePpm(), w.deletePpm(), w.attemptMicros(), w.attemptsMax(),
                w.backoffMicros(), w.backoffMaxMicros(), w.habits());
    }
}
