package holdfast.sim.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.node.ClientRequest;
import holdfast.sim.disk.DiskMoment;
import holdfast.sim.disk.FileRole;
import holdfast.sim.disk.PowerCutKeep;
import holdfast.sim.plan.Fault;
import holdfast.sim.plan.FaultWord;
import holdfast.sim.plan.PlannedFault;
import holdfast.sim.world.Doing;
import holdfast.sim.world.Onlooker;
import holdfast.sim.world.World;
import holdfast.stream.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Whom a fault strikes, and when it counts.
class StrikesTest {

    private static final long SECOND = 1_000_000;

    private final Onlooker cluster = Onlooker.ofRunning(3);
    private final World world = cluster.world();
    private final FaultInjector injector = new FaultInjector(world, cluster, (_, _, _) -> null, Long.MAX_VALUE);

    private List<String> struckBy(Fault fault) {
        cluster.pass(SECOND);
        int before = cluster.struck().size();
        injector.schedule(List.of(new PlannedFault(world.queue().now() + 1, fault)));
        cluster.pass(1);
        return cluster.struck().subList(before, cluster.struck().size());
    }

    @Test
    @DisplayName("a fault of several nodes strikes each of them, as it was before the first was struck")
    void several() {
        int leader = world.leader();
        List<String> struck = struckBy(new Fault.PowerCut(List.of(1, 2, 3), PowerCutKeep.ANY, SECOND));
        assertEquals(3, struck.size());
        assertTrue(struck.contains("power-cut " + leader + " lead"), struck.toString());
        assertEquals(2, struck.stream().filter(line -> line.endsWith(" idle")).count());
    }

    @Test
    @DisplayName("what finds no process, or is refused, strikes nobody; a machine that is down can lose power")
    void nobody() {
        int node = cluster.follower();
        assertEquals(List.of("crash " + node + " idle"), struckBy(new Fault.Crash(node, 60 * SECOND)));
        assertEquals(List.of(), struckBy(new Fault.Crash(node, SECOND)));
        assertEquals(List.of(), struckBy(new Fault.Pause(node, SECOND)));
        assertEquals(List.of(), struckBy(new Fault.Rot(node, false)));
        assertEquals(List.of("power-cut " + node + " down"),
                struckBy(new Fault.PowerCut(List.of(node), PowerCutKeep.ANY, 60 * SECOND)));
    }

    @Test
    @DisplayName("a fault that waits for a moment of a disk counts when the moment has come")
    void moment() {
        int node = cluster.follower();
        DiskMoment moment = new DiskMoment(FileRole.WAL, DiskMoment.Act.SYNC, 1);
        assertEquals(List.of(), struckBy(new Fault.CrashAt(node, moment, SECOND)));
        cluster.ask(world.leader(), new ClientRequest.Write(new Command.Create("s")));
        cluster.until(() -> !world.host(node).isUp());
        assertEquals("crash-at " + node + " sync", cluster.struck().getLast());
    }

    @Test
    @DisplayName("a transfer strikes who leads and who is to lead")
    void transfer() {
        int node = cluster.follower();
        assertEquals(List.of("transfer " + world.leader() + " lead", "transfer " + node + " idle"),
                struckBy(new Fault.Transfer(node)));
    }

    @Test
    @DisplayName("at most a tenth of the cells is unreachable, and docs/faults.md says what each column and each reason is")
    void documented() throws IOException {
        String docs = Files.readString(Path.of("../docs/faults.md")).replaceAll("\\s+", " ");
        int unreachable = 0;
        for (Doing doing : Doing.values()) {
            assertTrue(docs.contains("`" + doing.text() + "` | " + doing.sentence()), doing.text());
            for (FaultWord fault : FaultWord.values()) {
                String reason = Unreachable.because(fault, doing);
                unreachable += reason.isEmpty() ? 0 : 1;
                assertTrue(docs.contains(reason), reason);
            }
        }
        assertTrue(10 * unreachable <= FaultWord.values().length * Doing.values().length, "unreachable: " + unreachable);
    }
}
