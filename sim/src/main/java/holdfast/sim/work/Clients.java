package holdfast.sim.work;

import holdfast.sim.plan.Plan;
import holdfast.sim.plan.Workload;

/// All clients of a universe.
public final class Clients {

    private final Score score = new Score();
    private final Desk desk;
    private final Plan plan;
    private int working;

    public Clients(Desk desk, Plan plan) {
        this.desk = desk;
        this.plan = plan;
    }

    public void start() {
        Workload workload = plan.workload();
        for (int id = 1; id <= workload.clients(); id++) {
            working++;
            new Client(id, desk, plan, score, () -> working--).start();
        }
        for (int i = 1; i <= workload.habits().verbs(); i++) {
            working++;
            new VerbClient(Workload.FIRST_VERB_CLIENT - 1 + i, desk, plan, () -> working--).next();
        }
    }

    /// How many have not finished.
    public int working() {
        return working;
    }

    public Score score() {
        return score;
    }
}
