package holdfast.sim.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Check;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.node.ClientRequest.Level;
import holdfast.raft.Member;
import holdfast.sim.disk.DiskFault;
import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FileRole;
import holdfast.sim.disk.PowerCutKeep;
import holdfast.sim.plan.Fault;
import holdfast.stream.Command;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Stories about three machines: what befalls them, and what the supervisor does about it.
class WorldTest {

    private static final long SECOND = 1_000_000;

    private final Onlooker cluster = Onlooker.ofRunning(3);
    private final World world = cluster.world();

    private boolean isRunning(int node) {
        return world.host(node).replica() != null;
    }

    // ---- starting and stopping -----------------------------------------------------------------------------

    @Test
    @DisplayName("all machines start, not all at once, and elect a leader")
    void starts() {
        assertEquals(3, cluster.count("booted"));
        assertTrue(world.leader() >= 1 && world.leader() <= 3);
        assertEquals(1, world.tolerated());
    }

    @Test
    @DisplayName("a process that crashes is started again when its time has come")
    void crash() {
        int node = cluster.follower();
        world.crash(node, SECOND, 1);
        assertFalse(world.host(node).isUp());
        cluster.pass(SECOND - 1);
        assertEquals(3, cluster.count("booted"));
        cluster.pass(SECOND / 2);
        assertTrue(isRunning(node));
        assertEquals(1, cluster.count("ended " + node));
    }

    @Test
    @DisplayName("of two stops the later one says when to start again")
    void stoppedTwice() {
        int node = cluster.follower();
        world.crash(node, SECOND / 10, 1);
        world.powerCut(node, PowerCutKeep.ANY, 2 * SECOND, 1);
        cluster.pass(SECOND);
        assertFalse(world.host(node).isUp());
        cluster.pass(2 * SECOND);
        assertTrue(isRunning(node));
    }

    @Test
    @DisplayName("crashing what is down changes nothing")
    void crashedTwice() {
        int node = cluster.follower();
        world.crash(node, SECOND / 10, 1);
        world.crash(node, 100 * SECOND, 1);
        cluster.pass(SECOND);
        assertTrue(isRunning(node));
    }

    @Test
    @DisplayName("a node that stops because its disk failed it is started again after a pause")
    void halted() {
        int leader = world.leader();
        world.host(leader).disk().arm(DiskFault.once(FaultKind.WRITE_BACK, FileRole.WAL), 1);
        ClientReply reply = cluster.answerOf(leader, new ClientRequest.Write(new Command.Create("s")));
        assertFalse(reply instanceof ClientReply.NotWritten, reply::toString);
        cluster.until(() -> cluster.heard().contains("halted " + leader + " with 74"));
        assertFalse(world.host(leader).isUp());
        cluster.until(() -> isRunning(leader));
        cluster.until(() -> world.leader() != 0);
    }

    @Test
    @DisplayName("a node without a file system comes back on a rebooted machine")
    void rebooted() {
        int node = cluster.follower();
        world.host(node).disk().arm(DiskFault.once(FaultKind.JOURNAL, FileRole.WAL), 1);
        cluster.ask(world.leader(), new ClientRequest.Write(new Command.Create("s")));
        cluster.until(() -> cluster.count("reboot " + node) == 1);
        assertTrue(cluster.heard().contains("halted " + node + " with 74"));
        cluster.until(() -> isRunning(node));
        assertFalse(world.host(node).disk().isLost());
    }

    @Test
    @DisplayName("what is left wrong at the calm stays wrong until it is cured")
    void lasting() {
        int node = cluster.follower();
        world.lasting().leave(node, Fault.Ill.DOWN, 1);
        cluster.pass(SECOND);
        assertTrue(isRunning(node));
        world.calm();
        cluster.pass(5 * SECOND);
        assertTrue(world.lasting().strikes(node));
        assertFalse(world.host(node).isUp());
        world.lasting().end();
        cluster.until(() -> isRunning(node));
        assertFalse(world.lasting().isUnderWay());
    }

    @Test
    @DisplayName("no more is left wrong than a majority can do without")
    void lastingMajority() {
        int node = cluster.follower();
        int other = 6 - node - world.leader();
        world.lasting().leave(node, Fault.Ill.HUNG, 1);
        world.lasting().leave(other, Fault.Ill.CUT_OFF, 1);
        world.calm();
        assertTrue(world.lasting().strikes(Math.min(node, other)));
        assertFalse(world.lasting().strikes(Math.max(node, other)));
        ClientReply reply = cluster.answerOf(world.leader(), new ClientRequest.Write(new Command.Create("s")));
        assertTrue(reply instanceof ClientReply.Applied, reply::toString);
    }

    @Test
    @DisplayName("a node that refuses its damaged store stays down: that is for an operator")
    void refused() {
        int node = cluster.follower();
        cluster.written(new Command.Create("s"));
        cluster.pass(SECOND);
        world.crash(node, SECOND / 10, 1);
        world.markRotten(node);
        assertTrue(world.host(node).disk().rot("META.A", 70, 1) && world.host(node).disk().rot("META.B", 70, 1));
        world.host(node).disk().dropCaches(FileRole.ANY);
        cluster.until(() -> cluster.heard().contains("halted " + node + " with 65"));
        cluster.pass(5 * SECOND);
        assertFalse(world.host(node).isUp());
        assertEquals(1, cluster.count("halted " + node));
    }

    // ---- lies ----------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a disk that has lied keeps its node alive until the power goes; then the node is not started again")
    void retired() {
        int node = cluster.follower();
        world.host(node).disk().arm(DiskFault.once(FaultKind.LYING_DRIVE, FileRole.ANY), 1);
        cluster.written(new Command.Create("s"));
        cluster.until(() -> world.condition(node).isLied());
        world.crash(node, SECOND / 10, 1);
        cluster.pass(SECOND);
        assertTrue(isRunning(node), "a process may read what the page cache has");
        world.powerCut(node, PowerCutKeep.ANY, SECOND / 10, 1);
        assertEquals(1, cluster.count("retire " + node));
        cluster.pass(SECOND);
        world.calm();
        cluster.pass(SECOND);
        assertFalse(world.host(node).isUp());
        assertEquals(2, cluster.count("booted " + node), "at first, and after the crash");
        assertEquals(1, world.beyondRepair());
    }

    @Test
    @DisplayName("what a lying disk has only in its page cache may leave that; the next process is not started")
    void forgotten() {
        Onlooker late = Onlooker.ofRunning(3, "ext4-journal-6.1");
        int node = late.follower();
        late.world().dropCaches(node, FileRole.ANY);
        late.world().host(node).disk().arm(DiskFault.once(FaultKind.WRITE_BACK, FileRole.WAL), 1);
        late.written(new Command.Create("s"));
        late.until(() -> late.world().condition(node).isLied());
        late.world().dropCaches(node, FileRole.ANY);
        late.world().crash(node, SECOND / 10, 1);
        assertEquals(0, late.count("retire " + node));
        late.pass(SECOND);
        assertEquals(1, late.count("retire " + node));
        assertEquals(1, late.count("booted " + node));
    }

    @Test
    @DisplayName("more than a minority must not be damaged")
    void budget() {
        world.markRotten(1);
        world.markRotten(1);
        assertThrows(Check.InvariantBroken.class, () -> world.markRotten(2));
    }

    // ---- drives --------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a lost drive is followed by a new one with a fresh store, which the operator has take its place")
    void lostDrive() {
        int node = cluster.follower();
        cluster.written(new Command.Create("s"));
        cluster.pass(SECOND);
        Drive lost = world.ownDrive(node);
        world.driveFaults().lose(node, SECOND / 10, SECOND, 1);
        Drive fresh = world.ownDrive(node);
        assertTrue(lost.isGivenUp() && !fresh.isGivenUp() && !lost.store().equals(fresh.store()));
        assertEquals(List.of(lost, fresh), List.of(world.drives().get(node - 1), world.drives().getLast()));
        assertTrue(world.condition(node).isLost());
        assertEquals(1, world.beyondRepair());
        cluster.until(() -> isRunning(node));
        assertEquals(1, cluster.raft(node).last().index(), "it begins with nothing");
        cluster.pass(SECOND / 2);
        assertTrue(world.condition(node).isLost(), "nobody has been asked yet");
        assertTrue(voterOf(node).isOn(lost.store().diskUuid()));
        cluster.until(() -> !world.condition(node).isLost());
        assertTrue(voterOf(node).isOn(fresh.store().diskUuid()));
        assertTrue(cluster.raft(node).durableIndex() >= voterOf(node).since());
        assertEquals(0, world.beyondRepair());
    }

    private Member voterOf(int node) {
        return cluster.raft(world.leader()).membership().member(node);
    }

    @Test
    @DisplayName("beyond a minority no drive is lost")
    void lostDrives() {
        int node = cluster.follower();
        int other = 6 - node - world.leader();
        world.driveFaults().lose(node, SECOND / 10, 100 * SECOND, 1);
        Drive kept = world.ownDrive(other);
        world.driveFaults().lose(other, SECOND / 10, SECOND, 1);
        assertEquals(kept, world.ownDrive(other));
        assertEquals(1, cluster.count("refused " + other));
        assertFalse(world.condition(other).isLost());
        cluster.pass(SECOND);
        world.calm();
        cluster.until(() -> world.beyondRepair() == 0);
        world.driveFaults().lose(other, SECOND / 10, SECOND, 1);
        assertTrue(world.condition(other).isLost(), "now it may be");
    }

    @Test
    @DisplayName("a machine without its file system finds no store, writes none, and goes on when it is back")
    void unmounted() {
        int node = cluster.follower();
        cluster.written(new Command.Create("s"));
        cluster.pass(SECOND);
        long had = cluster.raft(node).last().index();
        world.driveFaults().unmount(node, 2 * SECOND, 1);
        assertTrue(world.isMisplaced(node));
        cluster.until(() -> cluster.heard().contains("halted " + node + " with 2"));
        assertEquals(List.of(), List.copyOf(world.host(node).disk().medium().names()));
        cluster.pass(SECOND);
        assertFalse(world.host(node).isUp(), "that is for an operator");
        cluster.until(() -> !world.isMisplaced(node));
        cluster.until(() -> isRunning(node));
        assertTrue(cluster.raft(node).last().index() >= had);
        assertEquals(1, cluster.count("mount " + node));
    }

    @Test
    @DisplayName("machines with each other's drive refuse it, and go on when they have their own")
    void swapped() {
        int node = cluster.follower();
        int other = 6 - node - world.leader();
        world.driveFaults().swap(node, other, 2 * SECOND, 1);
        assertEquals(world.ownDrive(other).disk(), world.host(node).disk());
        assertEquals(world.ownDrive(node).disk(), world.host(other).disk());
        cluster.until(() -> cluster.heard().contains("halted " + node + " with 65")
                && cluster.heard().contains("halted " + other + " with 65"));
        world.driveFaults().unmount(node, SECOND, 1);
        world.driveFaults().swap(other, node, SECOND, 1);
        assertEquals(world.ownDrive(other).disk(), world.host(node).disk(), "one thing at a time");
        cluster.until(() -> isRunning(node) && isRunning(other));
        assertFalse(world.isMisplaced(node) || world.isMisplaced(other));
    }

    @Test
    @DisplayName("the calm puts every drive back into its machine")
    void calmMounts() {
        int node = cluster.follower();
        int other = 6 - node - world.leader();
        world.driveFaults().swap(node, other, 1_000 * SECOND, 1);
        cluster.pass(SECOND);
        world.calm();
        assertFalse(world.isMisplaced(node) || world.isMisplaced(other));
        cluster.until(() -> isRunning(node) && isRunning(other));
    }

    // ---- requests ------------------------------------------------------------------------------------------

    @Test
    @DisplayName("where no process runs a connection is refused; while one recovers it says so")
    void connections() {
        int node = cluster.follower();
        ClientRequest read = new ClientRequest.Tail("s", Level.LOCAL);
        world.crash(node, SECOND / 10, 1);
        assertFalse(world.ask(node, 99, read));
        cluster.until(() -> world.host(node).isUp());
        assertNull(world.host(node).replica());
        assertEquals(new ClientReply.ReadFailed(ClientReply.Cause.STARTING, 0), cluster.answerOf(node, read));
        cluster.until(() -> isRunning(node));
        assertEquals(new ClientReply.NoSuchStream(), cluster.answerOf(node, read));
    }

    @Test
    @DisplayName("what waits at a process that dies is gone with it")
    void lostRequest() {
        int leader = world.leader();
        world.pause(leader, SECOND / 20);
        long request = cluster.ask(leader, new ClientRequest.Write(new Command.Create("s")));
        world.crash(leader, SECOND / 10, 1);
        cluster.pass(2 * SECOND);
        assertFalse(cluster.isAnswered(request));
        assertEquals(new ClientReply.NoSuchStream(), cluster.answerOf(
                world.leader(), new ClientRequest.Tail("s", Level.LINEARIZABLE)));
    }

    // ---- pauses --------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a paused process takes nothing until its pause is over, and then everything")
    void paused() {
        int node = cluster.follower();
        ClientRequest read = new ClientRequest.Tail("s", Level.LOCAL);
        long begin = world.queue().now();
        world.pause(node, SECOND);
        world.pause(node, SECOND / 2);
        long first = cluster.ask(node, read);
        long second = cluster.ask(node, read);
        assertEquals(begin + SECOND, world.host(node).freeMicros());
        cluster.pass(SECOND - 1);
        assertFalse(cluster.isAnswered(first));
        cluster.pass(2);
        assertTrue(cluster.isAnswered(first) && cluster.isAnswered(second));
    }

    @Test
    @DisplayName("each turn of a slow process takes as many times as long, until the last slowing has ended")
    void slow() {
        int node = cluster.follower();
        assertEquals(10, turnMicros(node));
        world.slow(node, 50, SECOND);
        cluster.pass(SECOND / 2);
        world.slow(node, 20, SECOND);
        assertEquals(200, turnMicros(node));
        cluster.pass(SECOND * 3 / 4);
        assertEquals(200, turnMicros(node), "the end of the first slowing does not end the second");
        cluster.pass(SECOND);
        assertEquals(10, turnMicros(node));
    }

    /// How long a turn takes that begins while the process is idle.
    private long turnMicros(int node) {
        cluster.until(() -> world.host(node).freeMicros() == world.queue().now());
        long begin = world.queue().now();
        cluster.ask(node, new ClientRequest.Tail("s", Level.LOCAL));
        return world.host(node).freeMicros() - begin;
    }

    // ---- the calm ------------------------------------------------------------------------------------------

    @Test
    @DisplayName("the calm starts whoever is down and heals disks and links")
    void calm() {
        int node = cluster.follower();
        world.crash(node, 1_000 * SECOND, 1);
        world.network().cut(1, 2);
        world.host(3).disk().arm(DiskFault.always(FaultKind.WRITE_BACK, FileRole.ANY), 1);
        world.calm();
        assertTrue(world.isCalm() && world.host(node).isUp());
        assertEquals(0, world.host(3).disk().armedFaults());
        cluster.until(() -> isRunning(node) && world.leader() != 0);
        cluster.written(new Command.Create("s"));
        assertEquals(1, cluster.count("calm 0"));
    }
}
