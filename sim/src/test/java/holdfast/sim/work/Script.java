package holdfast.sim.work;

import holdfast.node.ClientReply;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.plan.Cluster;
import holdfast.sim.plan.Workload;
import holdfast.sim.world.Onlooker;
import holdfast.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Clients whose nodes the test plays: every attempt is noted, and answered only if the test says so. Where the script
/// says "down", no process runs.
final class Script implements Recorder {

    private static final long DELAY = 10;
    private static final int EVENTS_MAX = 10_000;

    /// An attempt: at which time, and what came of it (null as long as nothing has).
    static final class Attempt {
        final Call call;
        final long at;
        Answer answer;
        long answeredAt;

        Attempt(Call call, long at) {
            this.call = call;
            this.at = at;
        }
    }

    final List<Attempt> attempts = new ArrayList<>();
    final Onlooker onlooker;
    final World world;
    final Desk desk;
    private final List<ClientReply> replies = new ArrayList<>();
    private final Set<Integer> asked = new TreeSet<>();

    /// @param up whether the machines run; nobody answers by itself in either case
    Script(boolean up) {
        onlooker = new Onlooker(Onlooker.plan(3));
        world = onlooker.world();
        if (up) {
            world.bootAll();
            onlooker.until(() -> world.leader() != 0);
            for (int node = 1; node <= 3; node++) {
                world.pause(node, Long.MAX_VALUE / 2);
            }
        }
        desk = new Desk(world, new Cluster.Noise(DELAY, 0, 0, 0, 0), this);
    }

    /// The answers to the attempts to come, in their order; to those beyond, nobody answers.
    Script answering(ClientReply... next) {
        replies.addAll(List.of(next));
        return this;
    }

    @Override
    public int invoked(int client, Call call) {
        attempts.add(new Attempt(call, world.queue().now()));
        int number = attempts.size();
        if (number <= replies.size()) {
            world.queue().after(DELAY, () -> desk.answered(number, replies.get(number - 1)));
        }
        return number - 1;
    }

    @Override
    public void answered(int op, int client, Answer answer) {
        if (!asked.add(op)) {
            throw new AssertionError("answered twice: operation " + op);
        }
        attempts.get(op).answer = answer;
        attempts.get(op).answeredAt = world.queue().now();
    }

    @Override
    public void befell(int gateway, String what) {}

    /// Lets time pass until nothing happens any more, or for a long time.
    Script run() {
        for (int events = 0; events < EVENTS_MAX && world.queue().runNext(); events++) {
            if (world.queue().nextTime() > world.queue().now() + 100_000_000L) {
                return this;
            }
        }
        return this;
    }

    List<Answer> answers() {
        return attempts.stream().map(attempt -> attempt.answer).toList();
    }

    /// Chances are parts per million; one client with as many operations.
    static Workload workload(int operations, int readPpm, int conditionalPpm, int producerPpm) {
        return new Workload(
                1, operations, 1, 1_000, 1, 20, readPpm, 0, conditionalPpm, producerPpm, 0, 0, 500_000, 5, 20_000,
                100_000, Workload.Habits.NONE);
    }

    /// One client that numbers its writes.
    static Workload numbering(int operations) {
        return new Workload(
                1, operations, 1, 1_000, 1, 20, 0, 0, 0, 0, 0, 0, 500_000, 5, 20_000, 100_000,
                new Workload.Habits(1_000_000, 0, 0, 0, 0));
    }
}
