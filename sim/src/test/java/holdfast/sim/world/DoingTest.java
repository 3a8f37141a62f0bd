package holdfast.sim.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.node.ClientRequest;
import holdfast.sim.plan.Cluster;
import holdfast.sim.plan.Knobs;
import holdfast.sim.plan.Plan;
import holdfast.stream.Command;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a node is doing, as a fault finds it.
class DoingTest {

    private static final long SECOND = 1_000_000;

    private final Onlooker cluster = Onlooker.ofRunning(3);
    private final World world = cluster.world();

    private Doing doing(int node) {
        return Doing.of(world.host(node));
    }

    private void until(int node, Doing doing) {
        cluster.until(() -> doing(node) == doing);
    }

    private void ask(String record) {
        cluster.ask(world.leader(), new ClientRequest.Write(Onlooker.append(record)));
    }

    @Test
    @DisplayName("a cluster at rest leads and follows, and a write passes through it as tails that come and go")
    void writing() {
        int leader = world.leader();
        int follower = cluster.follower();
        cluster.written(new Command.Create("s"));
        cluster.pass(SECOND);
        assertEquals(Doing.LEADING, doing(leader));
        assertEquals(Doing.FOLLOWING, doing(follower));
        ask("x");
        until(leader, Doing.LEADING_TAIL);
        until(follower, Doing.FOLLOWING_TAIL);
        until(leader, Doing.LEADING);
        until(follower, Doing.FOLLOWING);
    }

    @Test
    @DisplayName("who has died is down, reads its store when it starts, and then prepares a segment")
    void starting() {
        int node = cluster.follower();
        world.crash(node, SECOND, 1);
        assertEquals(Doing.DOWN, doing(node));
        until(node, Doing.RECOVERING);
        until(node, Doing.ROLLING);
        until(node, Doing.FOLLOWING);
    }

    @Test
    @DisplayName("without its leader a node asks for votes, and who gives its vote knows no leader until it hears one")
    void voting() {
        int leader = world.leader();
        world.crash(leader, 10 * SECOND, 1);
        cluster.until(() -> List.of(1, 2, 3).stream().anyMatch(node -> doing(node) == Doing.VOTING));
        cluster.until(() -> List.of(1, 2, 3).stream().anyMatch(node -> doing(node) == Doing.ALONE));
        cluster.until(() -> world.leader() != 0 && world.leader() != leader);
    }

    @Test
    @DisplayName("who was away while the others took snapshots is sent one, and takes it")
    void broughtUp() {
        Knobs k = Knobs.ORDINARY;
        Knobs forgetful = new Knobs(
                k.electionTimeoutMicros(), k.heartbeatMicros(), k.entriesPerMessageMax(), k.messageBytesMax(),
                k.windowMessages(), k.uncommittedBytesMax(), k.segmentBytes(), k.descriptorSlots(), k.batchBytesMax(),
                k.idleDescriptorMicros(), 1_000, 0, k.snapshotPieceBytes(), k.writesMax(), k.readsMax(),
                k.readRecordsMax(), k.producersMax(), k.producerRetentionMillis());
        Plan plan = Onlooker.plan(3);
        Cluster c = plan.cluster();
        Onlooker small = new Onlooker(new Plan(
                1, new Cluster(c.machines(), c.turnMicros(), c.noise(), forgetful), plan.workload(), plan.calmMicros(),
                List.of()));
        World them = small.world();
        them.bootAll();
        small.until(() -> them.leader() != 0 && Doing.of(them.host(small.follower())) == Doing.FOLLOWING);
        small.pass(SECOND);
        int away = small.follower();
        small.written(new Command.Create("s"));
        them.crash(away, 2 * SECOND, 1);
        for (int i = 0; i < 10; i++) {
            small.written(new Command.Append(
                    "s", List.of(Bytes.wrap(new byte[400])), Command.ANY_TAIL, Command.Producer.NONE, false));
        }
        small.ask(them.leader(), new ClientRequest.Write(new Command.Append(
                "s", List.of(Bytes.wrap(new byte[4_000])), Command.ANY_TAIL, Command.Producer.NONE, false)));
        small.until(() -> Doing.of(them.host(them.leader())) == Doing.SAVING);
        small.until(() -> Doing.of(them.host(them.leader())) == Doing.SENDING);
        small.until(() -> Doing.of(them.host(away)) == Doing.INSTALLING);
        small.until(() -> Doing.of(them.host(away)) == Doing.FOLLOWING);
    }

    @Test
    @DisplayName("the heads of the columns have four letters, and no two are alike")
    void heads() {
        assertEquals(Doing.values().length, List.of(Doing.values()).stream().map(Doing::text).distinct().count());
        for (Doing doing : Doing.values()) {
            assertEquals(4, doing.text().length());
            assertTrue(doing.sentence().length() > 10);
        }
    }
}
