package holdfast.sim.check;

import static holdfast.sim.check.Objections.objects;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.node.Replica;
import holdfast.raft.LogEntry;
import holdfast.raft.Member;
import holdfast.raft.Membership;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import holdfast.sim.disk.DiskFault;
import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FileRole;
import holdfast.sim.fault.FaultInjector;
import holdfast.sim.world.Drive;
import holdfast.sim.world.Onlooker;
import holdfast.sim.world.Voters;
import holdfast.sim.world.World;
import holdfast.stream.Command;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The promises are made up; the media are those of a running cluster.
class DurabilityLedgerTest {

    private static final String NAME = "durability-ledger";
    private static final int MAJORITY = 2;

    private final Onlooker cluster = Onlooker.ofRunning(3);
    private final World world = cluster.world();
    private final DurabilityLedger ledger = new DurabilityLedger(world, new CommitLedger());
    private final ClientReply.Receipt receipt = receiptOfAnAppend();
    private final int leader = world.leader();
    private final int follower = cluster.follower();

    private ClientReply.Receipt receiptOfAnAppend() {
        cluster.written(new Command.Create("s"));
        return cluster.written(Onlooker.append("a")).receipt();
    }

    private Replica replica(int node) {
        return world.host(node).replica();
    }

    private void says(int node, Message message) {
        ledger.sent(node, leader, message, replica(node));
    }

    // ---- one node's promises -------------------------------------------------------------------------------

    @Test
    @DisplayName("is silent about what a node has: its log, its term, its vote")
    void kept() {
        cluster.pass(100_000);
        for (int node = 1; node <= 3; node++) {
            Raft raft = cluster.raft(node);
            says(node, new Message.AppendAccepted(raft.term(), raft.durableIndex(), raft.durableIndex(), 1));
            int votedFor = raft.hardState().votedFor();
            if (votedFor != 0) {
                ledger.sent(node, votedFor, new Message.VoteReply(raft.term(), true), replica(node));
            }
        }
    }

    @Test
    @DisplayName("objects to an acknowledgement of what a follower has only received")
    void receivedOnly() {
        cluster.ask(leader, new ClientRequest.Write(Onlooker.append("b")));
        cluster.until(() -> cluster.raft(follower).last().index() > cluster.raft(follower).durableIndex());
        Raft raft = cluster.raft(follower);
        says(follower, new Message.AppendAccepted(raft.term(), raft.durableIndex(), raft.durableIndex(), 1));
        objects(NAME, "acknowledges index " + raft.last().index() + " before it is durable",
                () -> says(follower, new Message.AppendAccepted(raft.term(), raft.last().index(), raft.last().index(), 1)));
    }

    @Test
    @DisplayName("objects to a snapshot that is called installed, and neither it nor the log is on the medium")
    void installedOnly() {
        cluster.ask(leader, new ClientRequest.Write(Onlooker.append("b")));
        cluster.until(() -> cluster.raft(follower).last().index() > cluster.raft(follower).durableIndex());
        Raft raft = cluster.raft(follower);
        says(follower, new Message.InstallSnapshotReply(raft.term(), raft.durableIndex(), 1, 0, true, 1));
        says(follower, new Message.InstallSnapshotReply(raft.term(), raft.last().index(), 1, 0, false, 1));
        objects(NAME, "node " + follower,
                () -> says(follower, new Message.InstallSnapshotReply(raft.term(), raft.last().index(), 1, 0, true, 1)));
    }

    @Test
    @DisplayName("objects to a vote that is not on the medium, or is one for another node")
    void vote() {
        long term = cluster.raft(follower).term();
        objects(NAME, "tells its vote of term " + (term + 1) + " for node " + leader,
                () -> says(follower, new Message.VoteReply(term + 1, true)));
        ledger.sent(follower, 3, new Message.VoteReply(term, false), replica(follower));
        objects(NAME, "before both copies are durable",
                () -> ledger.sent(follower, follower, new Message.VoteReply(term, true), replica(follower)));
    }

    @Test
    @DisplayName("objects to a term that nobody would find again; what a process has proven it need not prove twice")
    void term() {
        long term = cluster.raft(follower).term();
        Message spoken = new Message.AppendRejected(term, 1, 0, 0, 1);
        Message early = new Message.AppendRejected(term + 1, 1, 0, 0, 1);
        objects(NAME, "speaks in term " + (term + 1) + " before that is durable", () -> says(follower, early));
        says(follower, new Message.PreVoteRequest(term + 1, 1, 1));
        says(follower, spoken);
        assertTrue(world.host(follower).disk().rot("META.A", 70, 1) && world.host(follower).disk().rot("META.B", 70, 1));
        says(follower, spoken);
        ledger.processEnded(follower);
        objects(NAME, "speaks in term " + term, () -> says(follower, spoken));
    }

    @Test
    @DisplayName("takes a node at its word whose disk was damaged")
    void excused() {
        world.markRotten(follower);
        long next = cluster.raft(follower).term() + 1;
        says(follower, new Message.VoteReply(next, true));
        says(follower, new Message.AppendAccepted(next, 1, 1, 1));
    }

    // ---- the cluster's promises ----------------------------------------------------------------------------

    /// A leader with an entry that no disk of this cluster has, and with a follower that claims it.
    private LoneNode braggart() {
        LoneNode node = new LoneNode(1);
        Entries log = new Entries(node.last()).create(1);
        node.follows(2, log, 0).leads(5);
        node.hears(2, new Message.AppendAccepted(5, node.last().index(), node.last().index(), 1));
        assertEquals(node.last().index(), node.replica().raft().commitIndex());
        return node;
    }

    @Test
    @DisplayName("is silent about what the leader has committed and acknowledged")
    void committed() {
        ledger.afterTurn(leader, replica(leader));
        ledger.acknowledged(leader, receipt.index(), cluster.raft(leader));
    }

    @Test
    @DisplayName("objects to a commit that no majority of media would survive")
    void committedTooEarly() {
        LoneNode braggart = braggart();
        objects(NAME, "node 1 commits index 3 of term 5, durable on 0 of 2 nodes",
                () -> ledger.afterTurn(1, braggart.replica()));
    }

    @Test
    @DisplayName("objects to an acknowledgement to a client likewise")
    void acknowledgedTooEarly() {
        LoneNode braggart = braggart();
        objects(NAME, "node 1 acknowledges to a client index 3",
                () -> ledger.acknowledged(1, 3, braggart.replica().raft()));
    }

    @Test
    @DisplayName("the word of one damaged node counts as one medium")
    void oneWord() {
        LoneNode braggart = braggart();
        world.markRotten(3);
        objects(NAME, "durable on 1 of 2 nodes", () -> ledger.afterTurn(1, braggart.replica()));
    }

    @Test
    @DisplayName("the word of a leader whose disk has lied stands after the leader was told; nobody else's word does")
    void wordOfALeader() {
        Onlooker late = Onlooker.ofRunning(3, "ext4-journal-6.1");
        int liar = late.world().leader();
        int holder = late.follower();
        late.pass(100_000);
        DurabilityLedger noted = new DurabilityLedger(late.world(), new CommitLedger());
        late.world().network().cut(liar, 6 - liar - holder);
        late.world().host(liar).disk().arm(DiskFault.once(FaultKind.WRITE_BACK, FileRole.WAL), 1);
        long index = late.written(new Command.Create("s")).receipt().index();
        assertTrue(late.world().condition(liar).isExcused());
        noted.afterTurn(liar, late.world().host(liar).replica());
        late.ask(liar, new ClientRequest.Write(Onlooker.append("a")));
        late.until(() -> late.heard().contains("halted " + liar + " with 74"));
        assertFalse(late.world().condition(liar).isExcused());
        noted.acknowledged(holder, index, late.raft(holder));
        DurabilityLedger unaware = new DurabilityLedger(late.world(), new CommitLedger());
        objects(NAME, "durable on 1 of 2 nodes", () -> unaware.acknowledged(holder, index, late.raft(holder)));
    }

    @Test
    @DisplayName("a follower that learns of a commit promises nothing by that")
    void followerCommits() {
        LoneNode node = new LoneNode(2);
        node.follows(1, new Entries(node.last()).create(1), 2);
        ledger.afterTurn(2, node.replica());
        assertEquals(2, node.replica().raft().commitIndex());
    }

    @Test
    @DisplayName("objects to the payload of a stream that is on no majority of media")
    void payload() {
        LogEntry entry = cluster.raft(leader).entry(receipt.index());
        ledger.mustKeepPayload(entry.index(), entry, MAJORITY);
        LogEntry other = new Entries(cluster.raft(leader).positionAt(entry.index() - 1)).append(1, 'z', 5).all()[0];
        assertEquals(entry.index(), other.index());
        objects(NAME, "the payload of index " + entry.index() + " is needed and durable on only 0 nodes",
                () -> ledger.mustKeepPayload(entry.index(), other, MAJORITY));
    }

    // ---- drives --------------------------------------------------------------------------------------------

    @Test
    @DisplayName("while the store is forming the founder's medium is asked alone, and must have it")
    void forming() {
        LoneNode founder = new LoneNode(1, Membership.founded(List.of(1, 2, 3), 1, Voters.disk(1)));
        founder.elapse(2 * LoneNode.ELECTION_MICROS);
        World blank = new Onlooker(Onlooker.plan(3)).world();
        DurabilityLedger asleep = new DurabilityLedger(blank, new CommitLedger());
        assertEquals(2, founder.replica().raft().commitIndex());
        objects(NAME, "node 1 commits index 2 of term 1, durable on 0 of 1 nodes",
                () -> asleep.afterTurn(1, founder.replica()));
        blank.markRotten(1);
        asleep.processEnded(1);
        asleep.afterTurn(1, founder.replica());
    }

    @Test
    @DisplayName("what is on a lost drive counts as long as the membership names it, and what is on the new one does not")
    void replaced() {
        long index = receipt.index();
        cluster.pass(100_000);
        int other = 6 - leader - follower;
        world.driveFaults().lose(other, 1_000, 1_000_000_000, 1);
        cluster.pass(1_000_000);
        ledger.acknowledged(leader, index, cluster.raft(leader));
        Drive lost = world.drives().get(other - 1);
        assertTrue(lost.isGivenUp() && cluster.raft(leader).membership().member(other).isOn(lost.store().diskUuid()));
        LogEntry only = new Entries(cluster.raft(leader).positionAt(index)).append(1, 'z', 5).all()[0];
        objects(NAME, "the payload of index " + (index + 1) + " is needed and durable on only 0 nodes",
                () -> ledger.mustKeepPayload(index + 1, only, MAJORITY));
        LogEntry kept = cluster.raft(leader).entry(index);
        objects(NAME, "durable on only 2 nodes", () -> ledger.mustKeepPayload(index, kept, MAJORITY + 1));
    }

    @Test
    @DisplayName("a drive that took a lost one's place does not count for the entry that says so")
    void newDriveForItsOwnEntry() {
        Membership replaced = new Membership(Voters.bound().members().stream()
                .map(member -> member.id() == 2 ? new Member(2, member.disk(), 2) : member)
                .toList());
        LoneNode node = new LoneNode(1);
        node.follows(3, new Entries(node.last()).membership(1, replaced), 0);
        node.hears(3, new Message.TimeoutNow(1)).hears(3, new Message.VoteReply(2, true));
        node.hears(3, new Message.AppendAccepted(2, 3, 3, 1));
        assertEquals(3, node.replica().raft().commitIndex());
        world.markRotten(2);
        objects(NAME, "node 2 (does not count yet)", () -> ledger.afterTurn(1, node.replica()));
    }

    // ---- targets -------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a byte to rot stands in a frame that a younger batch has proven")
    void provenByte() {
        for (long draw : new long[] {0, 1L << 62, -1}) {
            FaultInjector.RotTargets.Target target = ledger.entryByte(follower, false, draw);
            assertTrue(target.file().startsWith("wal-"), target::toString);
            assertTrue(target.position() < world.host(follower).disk().medium().size(target.file()), target::toString);
        }
        World blank = new Onlooker(Onlooker.plan(3)).world();
        assertNull(new DurabilityLedger(blank, new CommitLedger()).entryByte(1, false, 0));
    }
}
