package holdfast.sim.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.node.ClientRequest;
import holdfast.sim.disk.DiskFault;
import holdfast.sim.disk.DiskMoment;
import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FileRole;
import holdfast.sim.disk.PowerCutKeep;
import holdfast.sim.plan.Fault;
import holdfast.sim.plan.PlannedFault;
import holdfast.sim.world.Onlooker;
import holdfast.sim.world.World;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FaultInjectorTest {

    private static final long SECOND = 1_000_000;
    private static final String WAL = "wal-0000000002.log";

    private final Onlooker cluster = Onlooker.ofRunning(3);
    private final World world = cluster.world();
    private FaultInjector.RotTargets.Target target = new FaultInjector.RotTargets.Target(WAL, 5);
    private final FaultInjector injector = new FaultInjector(world, cluster, (_, _, _) -> target, Long.MAX_VALUE);

    /// Each a microsecond after the one before.
    private void strike(Fault... faults) {
        List<PlannedFault> timed = new ArrayList<>();
        for (Fault fault : faults) {
            timed.add(new PlannedFault(world.queue().now() + 1 + timed.size(), fault));
        }
        injector.schedule(timed);
        cluster.pass(faults.length);
    }

    private boolean isCut(int from, int to) {
        long before = world.network().cut();
        world.network().send(from, to, Bytes.EMPTY);
        return world.network().cut() > before;
    }

    /// The links that are cut, as "12" for the one from 1 to 2.
    private String cutLinks() {
        StringBuilder links = new StringBuilder();
        for (int from = 1; from <= 3; from++) {
            for (int to = 1; to <= 3; to++) {
                if (from != to && isCut(from, to)) {
                    links.append(links.isEmpty() ? "" : " ").append(from).append(to);
                }
            }
        }
        return links.toString();
    }

    @Test
    @DisplayName("each fault strikes at its time, and that is told")
    void schedule() {
        long now = world.queue().now();
        injector.schedule(List.of(
                new PlannedFault(now + SECOND, new Fault.Pause(1, 7)),
                new PlannedFault(now + 2 * SECOND, new Fault.Transfer(2))));
        cluster.pass(SECOND - 1);
        assertEquals(0, cluster.count("fault"));
        cluster.pass(1);
        assertEquals(1, cluster.count("fault 1: Pause[node=1, micros=7]"));
        cluster.pass(SECOND);
        assertEquals(1, cluster.count("fault 0: Transfer[target=2]"));
    }

    // ---- processes and machines ----------------------------------------------------------------------------

    @Test
    @DisplayName("a power cut strikes all its machines at the same moment")
    void powerCut() {
        strike(new Fault.PowerCut(List.of(1, 3), PowerCutKeep.NONE, SECOND));
        assertFalse(world.host(1).isUp() || world.host(3).isUp());
        assertTrue(world.host(2).isUp());
        cluster.pass(2 * SECOND);
        assertTrue(world.host(1).isUp() && world.host(3).isUp());
    }

    @Test
    @DisplayName("a crash leaves the other machines alone")
    void crash() {
        strike(new Fault.Crash(2, SECOND));
        assertEquals(List.of("ended 2"), cluster.heard().stream().filter(h -> h.startsWith("ended")).toList());
    }

    @Test
    @DisplayName("a pause, a slow process and a jumping clock concern one process")
    void process() {
        strike(new Fault.Pause(1, SECOND), new Fault.SlowProcess(2, 30, SECOND), new Fault.ClockJump(3, 60_000));
        assertTrue(world.host(1).freeMicros() > world.queue().now() + SECOND / 2);
        cluster.pass(2 * SECOND);
        assertTrue(world.host(1).isUp() && world.host(2).isUp() && world.host(3).isUp());
    }

    @Test
    @DisplayName("a moment of a disk is awaited; then the process dies in the midst of the operation")
    void crashAt() {
        int node = cluster.follower();
        strike(new Fault.CrashAt(node, new DiskMoment(FileRole.WAL, DiskMoment.Act.SYNC, 1), SECOND));
        assertTrue(world.host(node).isUp());
        cluster.ask(world.leader(), new ClientRequest.Write(new Command.Create("s")));
        cluster.until(() -> !world.host(node).isUp());
        assertEquals(1, cluster.count("moment " + node + ": 1 us after the disk began to sync (wal)"));
        strike(new Fault.PowerCutAt(3, new DiskMoment(FileRole.META, DiskMoment.Act.WRITE, 1), PowerCutKeep.ANY, 1));
        assertEquals(1, cluster.count("moment"), "nobody writes META meanwhile");
    }

    @Test
    @DisplayName("drives are lost, missing and in the wrong machine, as the plan says")
    void drives() {
        int node = cluster.follower();
        int other = 6 - node - world.leader();
        strike(new Fault.Unmount(node, SECOND));
        assertTrue(world.isMisplaced(node) && !world.isMisplaced(other) && !world.condition(node).isLost());
        cluster.pass(2 * SECOND);
        assertFalse(world.isMisplaced(node));
        strike(new Fault.SwapDisks(node, other, SECOND));
        assertEquals(world.ownDrive(other).disk(), world.host(node).disk());
        cluster.pass(2 * SECOND);
        assertEquals(world.ownDrive(node).disk(), world.host(node).disk());
        strike(new Fault.LoseDisk(node, SECOND, SECOND));
        assertTrue(world.condition(node).isLost() && !world.host(node).isUp());
        cluster.pass(SECOND);
        assertTrue(world.host(node).isUp() && world.condition(node).isLost());
        cluster.pass(2 * SECOND);
        assertFalse(world.condition(node).isLost());
    }

    // ---- the network ---------------------------------------------------------------------------------------

    @Test
    @DisplayName("a partition cuts the links between its sides, in the directions that it says, and ends")
    void partition() {
        strike(new Fault.Partition(List.of(2), Fault.Direction.BOTH, SECOND));
        assertEquals("12 21 23 32", cutLinks());
        cluster.pass(SECOND);
        assertEquals("", cutLinks());
        strike(new Fault.Partition(List.of(2), Fault.Direction.INTO, SECOND));
        assertEquals("12 32", cutLinks());
        cluster.pass(SECOND);
        strike(new Fault.Partition(List.of(1, 2), Fault.Direction.OUT_OF, SECOND));
        assertEquals("13 23", cutLinks());
    }

    @Test
    @DisplayName("what two partitions cut is whole when both are over")
    void overlapping() {
        strike(new Fault.CutPair(1, 2, SECOND), new Fault.Partition(List.of(2), Fault.Direction.BOTH, 2 * SECOND));
        assertEquals("12 21 23 32", cutLinks());
        cluster.pass(SECOND);
        assertEquals("12 21 23 32", cutLinks());
        cluster.pass(2 * SECOND);
        assertEquals("", cutLinks());
    }

    @Test
    @DisplayName("a pair that is cut reaches the others")
    void cutPair() {
        strike(new Fault.CutPair(3, 1, SECOND));
        assertEquals("13 31", cutLinks());
    }

    @Test
    @DisplayName("on a clogged link packets wait, in one direction")
    void clog() {
        int leader = world.leader();
        int follower = cluster.follower();
        strike(new Fault.Clog(leader, follower, SECOND / 10));
        cluster.pass(10_000);
        long before = cluster.delivered(leader, follower);
        cluster.pass(SECOND / 20);
        assertEquals(before, cluster.delivered(leader, follower));
        cluster.pass(SECOND / 10);
        assertTrue(cluster.delivered(leader, follower) > before + 1);
    }

    @Test
    @DisplayName("a swizzle clogs one node after the other, and unclogs the last one first")
    void swizzle() {
        strike(new Fault.Swizzle(List.of(1, 2, 3), SECOND));
        assertEquals("23 32", openLinks());
        cluster.pass(SECOND);
        assertEquals("", openLinks());
        cluster.pass(SECOND);
        assertEquals("", openLinks());
        cluster.pass(2 * SECOND);
        assertEquals("", openLinks(), "node 3 alone is free");
        cluster.pass(SECOND);
        assertEquals("23 32", openLinks());
        cluster.pass(SECOND);
        assertEquals("12 13 21 23 31 32", openLinks());
    }

    /// Links on which a packet that is sent now arrives soon.
    private String openLinks() {
        cluster.pass(10_000);
        long[][] before = new long[4][4];
        for (int from = 1; from <= 3; from++) {
            for (int to = 1; to <= 3; to++) {
                before[from][to] = cluster.delivered(from, to);
            }
        }
        for (int from = 1; from <= 3; from++) {
            for (int to = 1; to <= 3; to++) {
                if (from != to) {
                    world.network().send(from, to, Bytes.EMPTY);
                }
            }
        }
        cluster.pass(10_000);
        StringBuilder open = new StringBuilder();
        for (int from = 1; from <= 3; from++) {
            for (int to = 1; to <= 3; to++) {
                if (cluster.delivered(from, to) > before[from][to]) {
                    open.append(open.isEmpty() ? "" : " ").append(from).append(to);
                }
            }
        }
        return open.toString();
    }

    @Test
    @DisplayName("after the calm nothing is left to repair")
    void calm() {
        strike(new Fault.Partition(List.of(1), Fault.Direction.BOTH, SECOND), new Fault.Clog(2, 3, SECOND),
                new Fault.Swizzle(List.of(2, 1), SECOND));
        world.calm();
        assertEquals("", cutLinks());
        cluster.pass(5 * SECOND);
        assertEquals("12 13 21 23 31 32", openLinks());
    }

    // ---- disks ---------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a disk is armed, slowed or stalled; then no write is acknowledged in time")
    void disks() {
        strike(new Fault.ArmDisk(3, DiskFault.once(FaultKind.RENAME, FileRole.IDENT)));
        assertEquals(1, world.host(3).disk().armedFaults());
        assertEquals(0, world.host(1).disk().armedFaults());
        strike(new Fault.StallDisk(1, SECOND / 5), new Fault.StallDisk(2, SECOND / 5), new Fault.SlowDisk(3, 1000, SECOND / 5));
        long request = cluster.ask(world.leader(), new ClientRequest.Write(new Command.Create("s")));
        cluster.pass(SECOND / 10);
        assertFalse(cluster.isAnswered(request));
        cluster.pass(2 * SECOND);
        assertTrue(cluster.isAnswered(request));
    }

    @Test
    @DisplayName("a write-back by the kernel finds the armed fault, and dropping the cache shows what is left")
    void behindTheBack() {
        int node = cluster.follower();
        cluster.written(new Command.Create("s"));
        long before = world.host(node).disk().droppedPages();
        strike(new Fault.ArmDisk(node, DiskFault.always(FaultKind.WRITE_BACK, FileRole.WAL)));
        cluster.ask(world.leader(), new ClientRequest.Write(Onlooker.append("a")));
        for (int i = 0; i < 50 && world.host(node).disk().droppedPages() == before; i++) {
            strike(new Fault.WriteBack(node, FileRole.WAL));
            cluster.pass(20);
        }
        assertTrue(world.host(node).disk().droppedPages() > before);
        cluster.until(() -> !world.host(node).isUp());
        assertTrue(world.host(node).disk().phantomPages() > 0);
        strike(new Fault.DropCaches(node, FileRole.ANY));
        assertEquals(0, world.host(node).disk().phantomPages());
    }

    // ---- rot -----------------------------------------------------------------------------------------------

    @Test
    @DisplayName("rot strikes the byte that was chosen, and the node counts as damaged from then on")
    void rot() {
        Bytes before = world.host(2).disk().medium().read(WAL, 5, 1);
        strike(new Fault.Rot(2, false));
        int flipped = before.get(0) ^ world.host(2).disk().medium().read(WAL, 5, 1).get(0);
        assertEquals(1, Integer.bitCount(flipped & 0xFF));
        assertTrue(world.condition(2).isRotten());
        assertEquals(1, cluster.count("rot 2: " + WAL + " at 5"));
    }

    @Test
    @DisplayName("a latent error makes a sector unreadable")
    void latent() {
        strike(new Fault.Rot(2, true));
        assertFalse(world.host(2).disk().medium().isReadable(WAL, 0, 512));
        assertTrue(world.condition(2).isRotten());
    }

    @Test
    @DisplayName("rot is refused if a minority is damaged already, but may strike the same node again")
    void rotBeyondMinority() {
        strike(new Fault.Rot(2, false), new Fault.Rot(3, false), new Fault.Rot(2, true));
        assertEquals(1, cluster.count("refused 3: a minority is damaged already"));
        assertFalse(world.condition(3).isRotten());
        assertEquals(2, cluster.count("rot 2"));
    }

    @Test
    @DisplayName("rot is refused where nothing is proven, and misses what is not there")
    void rotOfNothing() {
        target = null;
        strike(new Fault.Rot(2, false));
        assertEquals(1, cluster.count("refused 2: nothing on this medium is proven yet"));
        target = new FaultInjector.RotTargets.Target("nowhere", 0);
        strike(new Fault.Rot(2, false));
        assertFalse(world.condition(2).isRotten());
    }

    // ---- the operator --------------------------------------------------------------------------------------

    @Test
    @DisplayName("a transfer hands leadership to its target, if somebody else leads")
    void transfer() {
        int leader = world.leader();
        int follower = cluster.follower();
        strike(new Fault.Transfer(leader));
        cluster.pass(SECOND);
        assertEquals(leader, world.leader());
        strike(new Fault.Transfer(follower));
        cluster.until(() -> world.leader() == follower);
        assertTrue(cluster.raft(follower).term() > 1);
    }
}
