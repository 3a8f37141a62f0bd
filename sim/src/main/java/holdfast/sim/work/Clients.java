package holdfast.sim.work;

import holdfast.sim.plan.Workload;

/// All clients of a universe.
public final class Clients {

    private final Score score = new Score();
    private final Desk desk;
    private final Workload workload;
    private int working;

    public Clients(Desk desk, Workload workload) {
        this.desk = desk;
        this.workload = workload;
    }

    public void start() {
        for (int id = 1; id <= workload.clients(); id++) {
            working++;
            new Client(id, desk, workload, score, () -> working--).start();
        }
        for (int i = 1; i <= workload.habits().verbs(); i++) {
            working++;
            new VerbClient(VerbClient.FIRST_ID + i, desk, workload, () -> working--).next();
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
