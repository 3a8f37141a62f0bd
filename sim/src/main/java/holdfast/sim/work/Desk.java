package holdfast.sim.work;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.EventQueue;
import holdfast.sim.kernel.Purpose;
import holdfast.sim.plan.Cluster;
import holdfast.sim.world.World;
import java.util.TreeMap;

/// The way between clients and nodes: one connection per request, so nothing is doubled, but it may break in either
/// direction, and then the client learns nothing. What a gateway passes on may also lie in a queue and arrive long
/// after it was sent again.
public final class Desk {

    private static final int THERE = 0;
    private static final int BACK = 1;

    /// @param ordinal of the request among those of its asker
    private record Waiting(Asker asker, int id, long ordinal) {}

    private final World world;
    private final Cluster.Noise noise;
    private final Recorder recorder;
    private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
    /// How many requests each asker has sent, by its id.
    private final TreeMap<Integer, Long> sent = new TreeMap<>();
    private long lastRequest;

    public Desk(World world, Cluster.Noise noise, Recorder recorder) {
        this.world = world;
        this.noise = noise;
        this.recorder = recorder;
    }

    EventQueue queue() {
        return world.queue();
    }

    Entropy entropy() {
        return world.entropy();
    }

    Recorder recorder() {
        return recorder;
    }

    World world() {
        return world;
    }

    /// Sends a request on its way; returns its number. An answer comes back by [Asker#onReply].
    long ask(Asker asker, int node, ClientRequest asked) {
        long request = ++lastRequest;
        Waiting waits = new Waiting(asker, asker.id(), sent.merge(asker.id(), 1L, Long::sum));
        waiting.put(request, waits);
        travel(waits, THERE, lateness(waits, asked), () -> {
            if (!world.ask(node, request, asked)) {
                travel(waits, BACK, 0, () -> refused(request));
            }
        });
        return request;
    }

    private long lateness(Waiting waits, ClientRequest asked) {
        boolean isPassedOn = asked instanceof ClientRequest.Write write && write.command().stamp().isRequest();
        long entity = 2L * waits.id();
        return isPassedOn && !world.isCalm() && entropy().chance(Purpose.CLIENT_LATE, entity, waits.ordinal(), noise.latePpm())
                ? entropy().between(Purpose.CLIENT_LATE, entity + 1, waits.ordinal(), 0, noise.lateMicros())
                : 0;
    }

    /// Nobody waits for this request any more.
    void forget(long request) {
        waiting.remove(request);
    }

    /// A node answers. Requests of the operator are nobody's here.
    public void answered(long request, ClientReply reply) {
        Waiting waits = waiting.get(request);
        if (waits != null) {
            travel(waits, BACK, 0, () -> arrived(request, reply));
        }
    }

    private void arrived(long request, ClientReply reply) {
        Waiting waits = waiting.remove(request);
        if (waits != null) {
            waits.asker().onReply(request, reply);
        }
    }

    private void refused(long request) {
        Waiting waits = waiting.remove(request);
        if (waits != null) {
            waits.asker().onRefused(request);
        }
    }

    private void travel(Waiting waits, int direction, long lateMicros, EventQueue.Task arrival) {
        Entropy entropy = world.entropy();
        long journey = 2 * waits.ordinal() + direction;
        boolean breaks = !world.isCalm() && entropy.chance(Purpose.CLIENT_LOSS, waits.id(), journey, noise.lossPpm());
        if (!breaks) {
            long delay = entropy.skewed(Purpose.CLIENT_DELAY, waits.id(), journey, noise.delayMicros());
            world.queue().after(delay + lateMicros, arrival);
        }
    }
}
