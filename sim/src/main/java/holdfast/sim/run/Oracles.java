package holdfast.sim.run;

import holdfast.Bytes;
import holdfast.env.DiskOp;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.node.MessageCodec;
import holdfast.node.Node;
import holdfast.node.Packet;
import holdfast.node.Replica;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import holdfast.raft.Sender;
import holdfast.sim.check.AnsweredReads;
import holdfast.sim.check.ArchivedOnce;
import holdfast.sim.check.BoundDisks;
import holdfast.sim.check.CatchUp;
import holdfast.sim.check.ClockSteps;
import holdfast.sim.check.CommitLedger;
import holdfast.sim.check.Compaction;
import holdfast.sim.check.ConfirmedReads;
import holdfast.sim.check.CountedVotes;
import holdfast.sim.check.DurabilityLedger;
import holdfast.sim.check.ElectedByMajority;
import holdfast.sim.check.ElectionSafety;
import holdfast.sim.check.FailedSyncs;
import holdfast.sim.check.FairVotes;
import holdfast.sim.check.FreshReads;
import holdfast.sim.check.HeardLives;
import holdfast.sim.check.HungDisk;
import holdfast.sim.check.KeptPromises;
import holdfast.sim.check.LeaderCompleteness;
import holdfast.sim.check.LeaderContact;
import holdfast.sim.check.Leftovers;
import holdfast.sim.check.LogMatching;
import holdfast.sim.check.Monotonicity;
import holdfast.sim.check.NodeOracle;
import holdfast.sim.check.OwnRounds;
import holdfast.sim.check.Receipts;
import holdfast.sim.check.Settled;
import holdfast.sim.check.StateMachineSafety;
import holdfast.sim.check.Transfers;
import holdfast.sim.check.Turns;
import holdfast.sim.check.Violation;
import holdfast.sim.check.reference.AppliedLog;
import holdfast.sim.check.reference.ReadRecords;
import holdfast.sim.check.reference.RestoredMachines;
import holdfast.sim.plan.Fault;
import holdfast.sim.plan.Knobs;
import holdfast.sim.plan.Plan;
import holdfast.sim.world.World;
import holdfast.stream.ProducerBounds;
import java.util.Arrays;
import java.util.List;

/// Every oracle that looks at nodes, asked after each turn and at each message.
final class Oracles {

    /// Larger packets carry entries or snapshots: they promise nothing that a small one did not promise before.
    private static final int SMALL_PACKET = 96;

    /// What many small entries add to their payloads in one message.
    private static final int FRAME_OVERHEAD = 8 << 10;

    private final World world;
    private final CommitLedger committed = new CommitLedger();
    private final StateMachineSafety machines;
    private final LeaderContact contact;
    private final DurabilityLedger durability;
    private final KeptPromises promises;
    private final FreshReads reads = new FreshReads(committed);
    private final AppliedLog applied;
    private final RestoredMachines restored;
    private final ReadRecords shown;
    private final Receipts receipts;
    private final FailedSyncs failedSyncs;
    private final Turns turns;
    private final CatchUp catchUp;
    private final Compaction compaction;
    private final ElectedByMajority elected;
    private final CountedVotes votes;
    private final FairVotes fairVotes;
    private final Transfers transfers;
    private final ConfirmedReads confirmed;
    private final AnsweredReads answeredReads;
    private final OwnRounds rounds;
    private final ArchivedOnce archived;
    private final int frameBytesMax;
    private final NodeOracle[] all;
    private final boolean[] hasFailed;
    /// By node: what its process has taken words of.
    private final HeardLives[] lives;

    Oracles(World world, Plan plan) {
        this.world = world;
        int nodes = world.nodes();
        machines = new StateMachineSafety(committed, nodes);
        contact = new LeaderContact(nodes, plan.cluster().knobs().electionTimeoutMicros());
        durability = new DurabilityLedger(world, committed);
        promises = new KeptPromises(world);
        elected = new ElectedByMajority(world);
        votes = new CountedVotes(nodes);
        fairVotes = new FairVotes(nodes);
        transfers = new Transfers(world, plan.cluster().knobs().electionTimeoutMicros());
        confirmed = new ConfirmedReads(nodes);
        rounds = new OwnRounds(nodes);
        answeredReads = new AnsweredReads(nodes, plan.cluster().knobs().electionTimeoutMicros());
        archived = new ArchivedOnce(nodes, durability::holdsPayload, node -> world.host(node).drive().store());
        Knobs knobs = plan.cluster().knobs();
        ProducerBounds bounds = new ProducerBounds(knobs.producersMax(), knobs.producerRetentionMillis());
        applied = new AppliedLog(committed, nodes, bounds);
        restored = new RestoredMachines(committed, nodes, bounds, durability::holdsPayload);
        frameBytesMax = frameBytesMax(knobs);
        hasFailed = new boolean[nodes + 1];
        lives = new HeardLives[nodes + 1];
        Arrays.setAll(lives, _ -> new HeardLives());
        shown = new ReadRecords(applied);
        receipts = new Receipts(durability, committed);
        failedSyncs = new FailedSyncs(world);
        turns = new Turns(world);
        catchUp = new CatchUp(world, plan);
        compaction = new Compaction(nodes, knobs.snapshotEveryBytes(), node -> world.host(node).disk().names());
        all = List.of(
                        durability, new ElectionSafety(), new LogMatching(nodes), machines,
                        new LeaderCompleteness(committed, nodes), new Monotonicity(nodes), contact, promises, elected, votes,
                        fairVotes, transfers, confirmed, answeredReads, rounds, new BoundDisks(world, committed),
                        catchUp, new Leftovers(world),
                        new Settled(world, knobs.electionTimeoutMicros()), applied, restored, turns, failedSyncs,
                        new ClockSteps(world, committed), new HungDisk(world, knobs.electionTimeoutMicros()), compaction)
                .toArray(NodeOracle[]::new);
    }

    DurabilityLedger durability() {
        return durability;
    }

    /// Twice what a message is meant to hold at most: one that has to hold a single thing may be larger than the others.
    private static int frameBytesMax(Knobs knobs) {
        int largest = Math.max(knobs.messageBytesMax(), Math.max(knobs.snapshotPieceBytes(), knobs.batchBytesMax()));
        return FRAME_OVERHEAD + 2 * largest;
    }

    void struck(Fault fault) {
        catchUp.struck(fault);
    }

    void sent(int from, int to, long number, Bytes packet, Replica replica) {
        confirmed.sent(from, to, number);
        if (packet.size() > frameBytesMax) {
            throw new Violation("frame-bound", "node " + from + " sends " + packet.size() + " bytes at once, and a link takes "
                    + frameBytesMax);
        }
        if (packet.size() > SMALL_PACKET || replica == null) {
            return;
        }
        Packet told = MessageCodec.decode(from, packet);
        if (told == null) {
            throw new Violation("wire", "node " + from + " sends what nobody can read: " + packet);
        }
        Message message = told.message();
        durability.sent(from, to, message, replica);
        promises.sent(from, to, message, replica);
        elected.sent(from, to, message, replica);
        votes.sent(from, to, message, replica);
        fairVotes.sent(from, to, message, replica);
        rounds.sent(from, message);
        archived.sent(from, message);
        if (message instanceof Message.ReadIndexReply reply) {
            confirmed.answered(from, to, reply, replica.raft());
            answeredReads.answered(from, to, reply);
        }
    }

    /// A node that recovers takes nothing from others, and nobody takes what is no message.
    void taking(int node, int from, long number, Bytes packet, Replica replica) {
        Packet taken = MessageCodec.decode(from, packet);
        if (replica == null || taken == null) {
            return;
        }
        Message message = taken.message();
        answeredReads.timeIs(world.queue().now());
        boolean counts = counts(node, taken.sender(), replica.raft());
        if (message instanceof Message.PreVoteReply reply && counts) {
            votes.taking(node, from, reply, replica.raft());
        } else if (message instanceof Message.ReadIndexRequest request) {
            confirmed.asked(node, from, request, replica.raft());
            if (counts) {
                answeredReads.taking(node, from, request, replica);
            }
        }
        if (message instanceof Message.TimeoutNow order) {
            votes.told(node, order);
        }
        fairVotes.taking(node, message);
        transfers.taking(node, from, message, replica);
        rounds.taking(node, message, replica.raft());
        archived.taking(node, message);
        compaction.taking(node, message);
        if (!(message instanceof Message.PreVoteRequest)) {
            confirmed.taking(node, from, number, message.term(), replica.raft());
        }
    }

    /// Whether the taker counts on the sender: it has heard no later life of the same drive, and that drive is the one that
    /// its log names.
    private boolean counts(int node, Sender sender, Raft taker) {
        return lives[node].isLatest(sender) && taker.membership().counts(sender);
    }

    void submitted(int node, DiskOp operation) {
        archived.submitted(node, operation);
        failedSyncs.submitted(node, operation);
    }

    void delivered(int from, int to) {
        contact.delivered(to, from, world.host(to).freeMicros());
    }

    void turnEnded(int node, Replica replica) {
        contact.timeIs(world.queue().now());
        contact.standsStill(node, world.host(node).pausedUntilMicros());
        answeredReads.timeIs(world.queue().now());
        answeredReads.standsStill(node, world.host(node).pausedUntilMicros());
        for (NodeOracle oracle : all) {
            oracle.afterTurn(node, replica);
        }
        shown.compare();
        receipts.compare();
    }

    void timerFired(int node) {
        turns.timerFired(node);
    }

    void asked(int node, long requestId, ClientRequest request) {
        reads.asked(requestId, request);
        switch (request) {
            case ClientRequest.Read read -> shown.asked(requestId, read.stream());
            case ClientRequest.Tail tail -> shown.asked(requestId, tail.stream());
            case ClientRequest.Write _, ClientRequest.TransferLeadership _, ClientRequest.ReplaceDisk _ -> {}
        }
        Replica asked = world.host(node).replica();
        if (asked != null) {
            confirmed.asked(node, requestId, request, asked.raft());
        }
    }

    void answered(int node, long requestId, ClientReply reply) {
        Replica answering = world.host(node).replica();
        reads.answered(node, requestId, reply, answering == null ? Long.MAX_VALUE : answering.appliedIndex());
        shown.answered(node, requestId, reply);
        if (answering != null) {
            confirmed.answered(node, requestId, reply, answering.raft());
        }
        if (reply instanceof ClientReply.Applied done) {
            durability.acknowledged(node, done.receipt().index(), world.host(node).replica().raft());
            applied.answered(node, done);
        }
        if (answering != null) {
            receipts.answered(node, reply, answering);
        }
    }

    /// What a start after a power cut would come to: nothing promised is missing, and its machine is what the log says.
    void wouldStart(int node, Replica replica, String after) {
        promises.wouldKeep(node, replica.raft(), after);
        restored.compare(node, replica, " after " + after);
    }

    void processEnded(int node) {
        for (NodeOracle oracle : all) {
            oracle.processEnded(node);
        }
        archived.processEnded(node);
        lives[node].forget();
    }

    void booted(int node) {
        hasFailed[node] = false;
    }

    void diskFailed(int node, long operation) {
        hasFailed[node] = true;
        failedSyncs.failed(node, operation);
    }

    /// A node may stop only for a reason: its disk failed it, or its store was damaged on purpose.
    void halted(int node, int exitCode, String report) {
        boolean hasCause = exitCode == Node.EXIT_IO_ERROR
                ? hasFailed[node]
                : world.condition(node).isBeyondRepair() || world.isMisplaced(node);
        if (!hasCause) {
            throw new Violation("causeless-halt", "node " + node + " stops with " + exitCode + " although nothing was "
                    + "done to its disk: " + report);
        }
    }

    /// Nodes at one applied index hold the same machine; called at rest.
    void compareMachines(List<Integer> nodes) {
        int first = nodes.getFirst();
        for (int node : nodes) {
            applied.compareWhole(node, world.host(node).replica());
        }
        for (int node : nodes.subList(1, nodes.size())) {
            machines.compareMachines(
                    first, world.host(first).replica(), node, world.host(node).replica());
        }
    }

    /// What nobody needs any more has left the disks; asked at rest.
    void mustBeTidy(int node) {
        long covered = compaction.tidyAfter(node);
        if (covered > 0 && world.host(node).disk().queued() == 0 && !world.condition(node).isBeyondRepair()) {
            compaction.mustNotKeep(node, durability.segmentsWithout(node, covered, restored.neededAt(covered)));
        }
    }

    /// Every payload that a stream still needs lies on a majority of media.
    void mustKeepPayloads(Replica replica) {
        int majority = replica.raft().membership().majority();
        for (long index : replica.machine().neededIndexes()) {
            durability.mustKeepPayload(index, committed.entry(index), majority);
        }
    }
}
