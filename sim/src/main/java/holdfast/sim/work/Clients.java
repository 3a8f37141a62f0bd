package holdfast.sim.work;

import holdfast.sim.plan.Workload;

/// All clients of a universe.
public final class Clients {

    private final Score score = new Score();
    private final Desk desk;
    private final Workload workload;
    private final Gateways gateways;
    private int working;

    public Clients(Desk desk, Workload workload) {
        this.desk = desk;
        this.workload = workload;
        gateways = new Gateways(desk, workload);
    }

    public void start() {
        for (int id = 1; id <= workload.clients(); id++) {
            working++;
            new Client(id, desk, workload, gateways, score, () -> working--).start();
        }
        for (int i = 1; i <= workload.habits().verbs(); i++) {
            working++;
            new VerbClient(VerbClient.FIRST_ID + i, desk, workload, gateways, () -> working--).next();
        }
    }

    /// The audit of the same universe: its client is one more at the same gateways.
    public Auditor auditor() {
        return new Auditor(desk, workload, gateways);
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
