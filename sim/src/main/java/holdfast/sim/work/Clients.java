package holdfast.sim.work;

import holdfast.sim.plan.Plan;
import holdfast.sim.plan.Workload;

/// All clients of a universe.
public final class Clients {

    private final Score score = new Score();
    private final Desk desk;
    private final Plan plan;
    private final Gateways gateways;
    private int working;

    public Clients(Desk desk, Plan plan) {
        this.desk = desk;
        this.plan = plan;
        gateways = new Gateways(desk, plan.workload());
    }

    public void start() {
        Workload workload = plan.workload();
        for (int id = 1; id <= workload.clients(); id++) {
            working++;
            new Client(id, desk, plan, gateways, score, () -> working--).start();
        }
        for (int i = 0; i < workload.habits().verbs(); i++) {
            working++;
            new VerbClient(Workload.FIRST_VERB_CLIENT + i, desk, plan, gateways, () -> working--).next();
        }
    }

    /// The audit of the same universe: its client is one more at the same gateways.
    public Auditor auditor() {
        return new Auditor(desk, plan.workload(), gateways);
    }

    /// What has happened at the gateways so far.
    public GatewayTally gateways() {
        return gateways.tally();
    }

    /// How many have not finished.
    public int working() {
        return working;
    }

    public Score score() {
        return score;
    }
}
