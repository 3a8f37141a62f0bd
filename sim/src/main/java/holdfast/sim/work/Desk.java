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

    private final World world;
    private final Cluster.Noise noise;
    private final Recorder recorder;
    private final TreeMap<Long, Asker> waiting = new TreeMap<>();
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
        waiting.put(request, asker);
        travel(2 * request, lateness(request, asked), () -> {
            if (!world.ask(node, request, asked)) {
                travel(2 * request + 1, 0, () -> refused(request));
            }
        });
        return request;
    }

    private long lateness(long request, ClientRequest asked) {
        boolean isPassedOn = asked instanceof ClientRequest.Write write && write.command().stamp().isRequest();
        return isPassedOn && !world.isCalm() && entropy().chance(Purpose.CLIENT_LATE, 0, request, noise.latePpm())
                ? entropy().between(Purpose.CLIENT_LATE, 1, request, 0, noise.lateMicros())
                : 0;
    }

    /// Nobody waits for this request any more.
    void forget(long request) {
        waiting.remove(request);
    }

    /// A node answers. Requests of the operator are nobody's here.
    public void answered(long request, ClientReply reply) {
        if (waiting.containsKey(request)) {
            travel(2 * request + 1, 0, () -> arrived(request, reply));
        }
    }

    private void arrived(long request, ClientReply reply) {
        Asker asker = waiting.remove(request);
        if (asker != null) {
            asker.onReply(request, reply);
        }
    }

    private void refused(long request) {
        Asker asker = waiting.remove(request);
        if (asker != null) {
            asker.onRefused(request);
        }
    }

    private void travel(long journey, long lateMicros, EventQueue.Task arrival) {
        Entropy entropy = world.entropy();
        boolean breaks = !world.isCalm() && entropy.chance(Purpose.CLIENT_LOSS, 0, journey, noise.lossPpm());
        if (!breaks) {
            long delay = entropy.skewed(Purpose.CLIENT_DELAY, 0, journey, noise.delayMicros());
            world.queue().after(delay + lateMicros, arrival);
        }
    }
}
