package holdfast.sim.check;

import static holdfast.sim.check.Objections.objects;

import holdfast.node.ClientRequest;
import holdfast.sim.world.Onlooker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SettledTest {

    private static final long ELECTION = 150_000;
    private static final long SECOND = 1_000_000;

    private final Onlooker cluster = Onlooker.ofRunning(3);
    private final Settled judge = new Settled(cluster.world(), ELECTION);

    @BeforeEach
    void settle() {
        cluster.world().calm();
        for (int i = 0; i < 5; i++) {
            look();
            cluster.pass(SECOND);
        }
    }

    private void look() {
        judge.afterTurn(1, cluster.world().host(1).replica());
    }

    @Test
    @DisplayName("a cluster to which nothing happens keeps its term")
    void still() {
        look();
    }

    @Test
    @DisplayName("a term that begins although nothing has happened is objected to")
    void restless() {
        look();
        cluster.world().askLeader(new ClientRequest.TransferLeadership(1 + cluster.world().leader() % 3));
        cluster.pass(SECOND);
        objects("steady-terms", "term ", this::look);
    }
}
