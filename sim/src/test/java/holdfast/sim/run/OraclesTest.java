package holdfast.sim.run;

import static holdfast.sim.check.Objections.objects;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.node.ClientReply;
import holdfast.node.MessageCodec;
import holdfast.raft.Message;
import holdfast.sim.check.Entries;
import holdfast.sim.check.LoneNode;
import holdfast.sim.world.Onlooker;
import holdfast.sim.world.Voters;
import holdfast.stream.Outcome;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Every oracle that looks at nodes is asked: what each objects to comes by way of [Oracles], as in a run. The oracles'
/// own tests say more about each.
class OraclesTest {

    private final Onlooker cluster = new Onlooker(Onlooker.plan(3));
    private final Oracles oracles = new Oracles(cluster.world(), Onlooker.plan(3));
    private final LoneNode one = new LoneNode(1);
    private final LoneNode two = new LoneNode(2);
    private final Entries log = new Entries(one.last());
    private final Entries other = new Entries(one.last());
    private long packets;

    private void turn(int node, LoneNode shown) {
        oracles.turnEnded(node, shown.replica());
    }

    private void says(LoneNode speaker, Message message) {
        oracles.sent(1, 2, packets++, MessageCodec.encode(Voters.sender(1), message), speaker.replica());
    }

    /// Node 2 says it, and node 1 is about to act upon it.
    private void hears(Message message) {
        oracles.sent(2, 1, packets, Bytes.wrap(new byte[100]), two.replica());
        oracles.taking(1, 2, packets++, MessageCodec.encode(Voters.sender(2), message), one.replica());
    }

    /// Node 3 has told its vote; it is taken at its word, for its disk is said to be damaged.
    private void elected(int node, long term) {
        cluster.world().markRotten(3);
        Message vote = new Message.VoteReply(term, true);
        oracles.sent(3, node, packets++, MessageCodec.encode(Voters.sender(3), vote), two.replica());
    }

    @Test
    @DisplayName("are silent about a node that has just started")
    void silent() {
        turn(1, one);
        turn(2, two);
    }

    @Test
    void electionSafety() {
        elected(1, 4);
        turn(1, one.leads(4));
        two.leads(4);
        objects("election-safety", "both led term 4", () -> turn(2, two));
    }

    @Test
    void logMatching() {
        turn(1, one.follows(3, log.append(4, 'a', 10), 0));
        two.follows(3, other.append(4, 'b', 10), 0);
        objects("log-matching", "node 2", () -> turn(2, two));
    }

    @Test
    void stateMachineSafety() {
        turn(1, one.follows(3, log.create(4).append(4, 'a', 10), 3));
        two.follows(3, other.create(4).append(5, 'b', 10), 3);
        objects("state-machine-safety", "node 2 committed another entry", () -> turn(2, two));
    }

    @Test
    void leaderCompleteness() {
        turn(1, one.follows(3, log.create(4), 2));
        two.leads(5);
        objects("leader-completeness", "node 2 leads term 5 without", () -> turn(2, two));
    }

    @Test
    void monotonicity() {
        turn(1, one.follows(3, log.create(4).append(4, 'a', 10), 3));
        LoneNode again = new LoneNode(1).follows(3, log, 2);
        objects("monotonicity", "the commit index fell from 3 to 2", () -> turn(1, again));
        oracles.processEnded(1);
        turn(1, again);
    }

    @Test
    void leaderContact() {
        elected(1, 4);
        turn(1, one.leads(4));
        cluster.world().queue().at(10 * LoneNode.ELECTION_MICROS, () -> {});
        cluster.until(() -> cluster.world().queue().now() > 0);
        objects("leader-contact", "node 1 still leads term 4", () -> turn(1, one));
        oracles.delivered(2, 1);
        turn(1, one);
    }

    @Test
    void electedByMajority() {
        one.leads(4);
        objects("elected-by-majority", "node 1 leads term 4", () -> turn(1, one));
        elected(1, 5);
        turn(1, one.leads(5));
    }

    @Test
    void durabilityLedger() {
        objects("durability-ledger", "tells its vote", () -> says(one, new Message.VoteReply(4, true)));
        one.leads(4).hears(2, new Message.AppendAccepted(4, one.last().index(), one.last().index(), 1));
        assertEquals(2, one.replica().raft().commitIndex());
        objects("durability-ledger", "commits index 2", () -> turn(1, one));
    }

    @Test
    @DisplayName("an acknowledgement to a client is a promise as well")
    void acknowledged() {
        Onlooker running = Onlooker.ofRunning(3);
        int leader = running.world().leader();
        Oracles asked = new Oracles(running.world(), Onlooker.plan(3));
        long early = running.raft(leader).last().index() + 1;
        running.ask(leader, new holdfast.node.ClientRequest.Write(Onlooker.append("a")));
        running.until(() -> running.raft(leader).hasEntry(early));
        ClientReply reply = new ClientReply.Applied(
                new Outcome.NoSuchStream(), new ClientReply.Receipt(1, early, List.of(1, 2, 3)));
        objects("durability-ledger", "acknowledges to a client index " + early, () -> asked.answered(leader, 1, reply));
        running.pass(100_000);
        asked.answered(leader, 1, reply);
    }

    @Test
    void ownRounds() {
        cluster.world().markRotten(1);
        objects("own-rounds", "node 1 answers round 7 in term 4",
                () -> says(one, new Message.AppendRejected(4, 0, 0, 0, 7)));
    }

    @Test
    void countedVotes() {
        says(one, new Message.PreVoteRequest(1, 0, 0));
        hears(new Message.PreVoteReply(0, 1, true));
        objects("counted-votes", "has taken the pre-votes of [2] for term 1", () -> turn(1, one));
    }

    @Test
    void confirmedReads() {
        cluster.world().markRotten(1);
        one.leads(4);
        hears(new Message.ReadIndexRequest(4, 7));
        objects("confirmed-reads", "node 1 confirms read 7 of node 2", () -> says(one, new Message.ReadIndexReply(4, 7, 2)));
    }

    @Test
    void answeredReads() {
        elected(1, 4);
        one.leads(4);
        hears(new Message.ReadIndexRequest(4, 7));
        cluster.world().queue().at(10 * LoneNode.ELECTION_MICROS, () -> {});
        cluster.until(() -> cluster.world().queue().now() > 0);
        oracles.delivered(2, 1);
        objects("answered-reads", "node 1 has not answered read 7 of node 2", () -> turn(1, one));
    }

    @Test
    void keptPromises() {
        Onlooker running = Onlooker.ofRunning(3);
        Oracles asked = new Oracles(running.world(), Onlooker.plan(3));
        int node = running.follower();
        Message promise = new Message.AppendRejected(running.raft(node).term(), 1, 0, 0, Message.NO_ROUND);
        Bytes packet = MessageCodec.encode(Voters.sender(node), promise);
        asked.turnEnded(node, running.world().host(node).replica());
        asked.sent(node, node % 3 + 1, 0, packet, running.world().host(node).replica());
        asked.turnEnded(node, running.world().host(node).replica());
        asked.processEnded(node);
        objects("kept-promises", "came back in term 0", () -> asked.turnEnded(node, new LoneNode(node).replica()));
    }

    @Test
    @DisplayName("a message that nobody can read is an objection of its own; a large one is not looked at")
    void wire() {
        objects("wire", "node 1 sends what nobody can read",
                () -> oracles.sent(1, 2, packets++, Bytes.utf8("no message"), one.replica()));
        oracles.sent(1, 2, packets++, Bytes.wrap(new byte[100]), one.replica());
    }

    @Test
    @DisplayName("a node that stops needs a reason of its own life")
    void causelessHalt() {
        objects("causeless-halt", "node 1 stops with 74 although nothing was done to its disk: why",
                () -> oracles.halted(1, 74, "why"));
        oracles.diskFailed(1, 0);
        oracles.halted(1, 74, "the disk failed");
        oracles.booted(1);
        objects("causeless-halt", "node 1 stops with 74", () -> oracles.halted(1, 74, "again"));
        oracles.diskFailed(1, 0);
        objects("causeless-halt", "node 1 stops with 65", () -> oracles.halted(1, 65, "damage"));
        cluster.world().markRotten(1);
        oracles.halted(1, 65, "damage");
        assertTrue(cluster.world().condition(1).isRotten());
    }

    @Test
    @DisplayName("machines are compared at the end")
    void machines() {
        Onlooker running = Onlooker.ofRunning(3);
        running.written(new holdfast.stream.Command.Create("s"));
        running.pass(500_000);
        new Oracles(running.world(), Onlooker.plan(3)).compareMachines(List.of(1, 2, 3));
    }
}
