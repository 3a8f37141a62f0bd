package holdfast.sim.check;

import static holdfast.sim.check.Objections.objects;

import holdfast.sim.plan.Fault;
import holdfast.sim.plan.Plan;
import holdfast.sim.world.Onlooker;
import holdfast.stream.Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A follower that does nothing, and a world in which that has a reason or none.
class CatchUpTest {

    private static final long HOUR = 3_600_000_000L;
    private static final long MINUTE = 60_000_000;

    private final Onlooker cluster = Onlooker.ofRunning(3);
    private int follower;

    @BeforeEach
    void fallBehind() {
        follower = cluster.follower();
        cluster.world().pause(follower, HOUR);
        cluster.written(new Command.Create("s"));
    }

    private static Plan plan() {
        return Onlooker.plan(3);
    }

    private void look(CatchUp judge) {
        judge.afterTurn(follower, cluster.world().host(follower).replica());
    }

    @Test
    @DisplayName("whoever does not apply what was committed when it was met, with nothing wrong meanwhile, has starved")
    void starved() {
        CatchUp judge = new CatchUp(cluster.world(), plan());
        look(judge);
        cluster.pass(MINUTE);
        objects("catch-up", "node " + follower + " has applied ", () -> look(judge));
    }

    @Test
    @DisplayName("not before its bound")
    void patient() {
        CatchUp judge = new CatchUp(cluster.world(), plan());
        for (int i = 0; i < 100; i++) {
            look(judge);
            cluster.pass(1_000);
        }
    }

    @Test
    @DisplayName("nobody is blamed while a fault of the plan acts")
    void excused() {
        CatchUp judge = new CatchUp(cluster.world(), plan());
        judge.struck(new Fault.Pause(follower, 2 * HOUR));
        look(judge);
        cluster.pass(MINUTE);
        look(judge);
    }

    @Test
    @DisplayName("a leader that has been restarted begins a new span")
    void anew() {
        CatchUp judge = new CatchUp(cluster.world(), plan());
        look(judge);
        cluster.pass(MINUTE);
        judge.processEnded(cluster.world().leader());
        look(judge);
        cluster.pass(MINUTE);
        objects("catch-up", "node " + follower + " has applied ", () -> look(judge));
    }
}
