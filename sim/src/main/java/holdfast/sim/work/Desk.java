package holdfast.sim.work;

import holdfast.node.ClientReply;
import holdfast.sim.history.Call;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.EventQueue;
import holdfast.sim.kernel.Purpose;
import holdfast.sim.plan.Cluster;
import holdfast.sim.world.World;
import java.util.TreeMap;

/// The way between clients and nodes: one connection per request, so nothing is doubled, but it may break in either
/// direction, and then the client learns nothing.
public final class Desk {

    private final World world;
    private final Cluster.Noise noise;
    private final Recorder recorder;
    private final TreeMap<Long, Caller> waiting = new TreeMap<>();
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

    /// Sends a request on its way; returns its number. An answer comes back by [Caller#onReply].
    long ask(Caller caller, int node, Call call) {
        long request = ++lastRequest;
        waiting.put(request, caller);
        travel(2 * request, () -> {
            if (!world.ask(node, request, Requests.request(call))) {
                travel(2 * request + 1, () -> refused(request));
            }
        });
        return request;
    }

    /// Nobody waits for this request any more.
    void forget(long request) {
        waiting.remove(request);
    }

    /// A node answers. Requests of the operator are nobody's here.
    public void answered(long request, ClientReply reply) {
        if (waiting.containsKey(request)) {
            travel(2 * request + 1, () -> arrived(request, reply));
        }
    }

    private void arrived(long request, ClientReply reply) {
        Caller caller = waiting.remove(request);
        if (caller != null) {
            caller.onReply(request, reply);
        }
    }

    private void refused(long request) {
        Caller caller = waiting.remove(request);
        if (caller != null) {
            caller.onRefused(request);
        }
    }

    private void travel(long journey, EventQueue.Task arrival) {
        Entropy entropy = world.entropy();
        boolean breaks = !world.isCalm() && entropy.chance(Purpose.CLIENT_LOSS, 0, journey, noise.lossPpm());
        if (!breaks) {
            world.queue().after(entropy.skewed(Purpose.CLIENT_DELAY, 0, journey, noise.delayMicros()), arrival);
        }
    }
}
