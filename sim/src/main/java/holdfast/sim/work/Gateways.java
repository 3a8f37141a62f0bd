package holdfast.sim.work;

import holdfast.sim.kernel.Purpose;
import holdfast.sim.plan.Workload;
import java.util.ArrayList;
import java.util.List;

/// The gateways of a universe, one to three. Every client that numbers its writes sends them through one of these, always the
/// same; several clients share it.
final class Gateways {

    private static final int GATEWAYS_MAX = 3;

    private final List<GatewayProcess> processes = new ArrayList<>();
    private final GatewayTally tally = new GatewayTally();

    Gateways(Desk desk, Workload workload) {
        int count = 1 + (int) desk.entropy().below(Purpose.GATEWAY_COUNT, 0, 0, GATEWAYS_MAX);
        for (int id = 1; id <= count; id++) {
            processes.add(new GatewayProcess(id, desk, workload, tally));
        }
    }

    GatewayProcess of(int client) {
        return processes.get((client - 1) % processes.size());
    }

    GatewayTally tally() {
        return tally;
    }
}
