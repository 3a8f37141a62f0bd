package holdfast.sim.check;

import holdfast.Digest;
import holdfast.node.Replica;
import holdfast.raft.HardState;
import holdfast.raft.LogEntry;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import holdfast.sim.fault.FaultInjector;
import holdfast.sim.world.World;

/// Is it durable? Asked at every promise, and answered from the medium: would this survive a power cut of everyone
/// right now? No crash is needed to find a node that acknowledged too early.
///
/// A node whose disk has lied to it, or whose medium was damaged on purpose, is taken at its word: it cannot know
/// better, and the fault budget keeps such nodes to a minority. Its word stands also after the excuse has ended
/// (`docs/decisions/0011-a-word-taken-is-kept.md`).
public final class DurabilityLedger implements NodeOracle {

    private static final String NAME = "durability-ledger";

    private final World world;
    private final MediumLog[] media;
    private final long[] provenTerm;
    private final long[] committedLed;
    private final Belief[] beliefs;

    public DurabilityLedger(World world) {
        this.world = world;
        media = new MediumLog[world.nodes() + 1];
        beliefs = new Belief[world.nodes() + 1];
        for (int node = 1; node <= world.nodes(); node++) {
            media[node] = new MediumLog(world.host(node).disk().medium());
            beliefs[node] = new Belief();
        }
        provenTerm = new long[world.nodes() + 1];
        committedLed = new long[world.nodes() + 1];
    }

    /// A byte of a frame that has been proven durable on the medium of `node`, or null if there is none yet.
    public FaultInjector.RotTargets.Target provenByte(int node, long draw) {
        MediumLog.Spot spot = media[node].provenSpot(draw);
        return spot == null
                ? null
                : new FaultInjector.RotTargets.Target(
                        spot.file(), spot.position() + Long.remainderUnsigned(draw, spot.length()));
    }

    // ---- one node's own promises ---------------------------------------------------------------------------

    /// What a node says, it must have: its term, its vote, the entries that it acknowledges.
    public void sent(int from, int to, Message message, Replica replica) {
        if (isTakenAtItsWord(from, replica.raft())) {
            return;
        }
        switch (message) {
            case Message.VoteReply vote when vote.granted() -> mustHoldVote(from, vote.term(), to);
            case Message.VoteRequest request -> mustHoldVote(from, request.term(), from);
            case Message.AppendAccepted accepted -> mustHoldLog(from, accepted.matchIndex(), replica.raft());
            case Message.InstallSnapshotReply reply when reply.installed() ->
                    mustHoldSnapshot(from, reply.lastIndex(), replica.raft());
            case Message.PreVoteRequest _ -> {
                return;
            }
            case Message.VoteReply _, Message.PreVoteReply _, Message.AppendEntries _, Message.AppendRejected _,
                    Message.InstallSnapshot _, Message.InstallSnapshotReply _, Message.TimeoutNow _,
                    Message.ReadIndexRequest _, Message.ReadIndexReply _ -> {}
        }
        mustHoldTerm(from, message.term());
    }

    /// What an excused node holds durable is counted by its leader, or by itself if it leads, also after the excuse has
    /// ended. So whenever it speaks, and whenever its turn ends, its word is noted.
    private boolean isTakenAtItsWord(int node, Raft raft) {
        boolean isExcused = world.condition(node).isExcused();
        if (isExcused) {
            beliefs[node].take(raft);
        }
        return isExcused;
    }

    private void mustHoldSnapshot(int node, long index, Raft raft) {
        if (!media[node].coversBySnapshot(index)) {
            mustHoldLog(node, index, raft);
        }
    }

    private void mustHoldVote(int node, long term, int votedFor) {
        if (!media[node].holdsVote(term, votedFor)) {
            throw new Violation(NAME, "node " + node + " tells its vote of term " + term + " for node " + votedFor
                    + " before both copies are durable: " + media[node].told());
        }
    }

    private void mustHoldTerm(int node, long term) {
        if (term <= provenTerm[node]) {
            return;
        }
        if (!media[node].holdsTerm(term)) {
            throw new Violation(NAME, "node " + node + " speaks in term " + term + " before that is durable: "
                    + media[node].told());
        }
        provenTerm[node] = term;
    }

    private void mustHoldLog(int node, long index, Raft raft) {
        if (index <= raft.base().index()) {
            return;
        }
        if (!raft.hasEntry(index)) {
            throw new Violation(NAME, "node " + node + " acknowledges index " + index + ", which its log does not have");
        }
        Digest chain = raft.positionAt(index).chain();
        if (!media[node].holds(index, chain)) {
            throw new Violation(NAME, "node " + node + " acknowledges index " + index
                    + " before it is durable: " + media[node].told());
        }
    }

    // ---- the cluster's promises ----------------------------------------------------------------------------

    /// A leader that moves its commit index promises durability on a majority.
    @Override
    public void afterTurn(int node, Replica replica) {
        Raft raft = replica.raft();
        isTakenAtItsWord(node, raft);
        if (!raft.isLeader() || raft.commitIndex() == committedLed[node] || raft.commitIndex() <= raft.base().index()) {
            return;
        }
        committedLed[node] = raft.commitIndex();
        mustBeOnMajority("commits", node, raft, raft.commitIndex());
    }

    /// A client is told "written".
    public void acknowledged(int node, long index, Raft raft) {
        isTakenAtItsWord(node, raft);
        if (raft.hasEntry(index)) {
            mustBeOnMajority("acknowledges to a client", node, raft, index);
        }
    }

    private void mustBeOnMajority(String deed, int node, Raft raft, long index) {
        LogEntry entry = raft.entry(index);
        int majority = raft.membershipAt(index).quorum();
        int holders = 0;
        for (int voter = 1; voter <= world.nodes(); voter++) {
            if (isBelieved(voter, entry) || media[voter].holds(entry.index(), entry.chain())) {
                holders++;
            }
        }
        if (holders >= majority) {
            return;
        }
        StringBuilder told = new StringBuilder();
        for (int voter = 1; voter <= world.nodes(); voter++) {
            told.append("; node ").append(voter).append(": ").append(media[voter].told());
        }
        throw new Violation(NAME, "node " + node + " " + deed + " index " + entry.index() + " of term " + entry.term()
                + ", durable on " + holders + " of " + majority + " nodes" + told);
    }

    private boolean isBelieved(int node, LogEntry entry) {
        return world.condition(node).isExcused() || beliefs[node].covers(entry.index(), entry.chain());
    }

    /// At the end of a run: the payload of a live extent must lie on the media of a majority.
    public void mustKeepPayload(long index, LogEntry entry, int majority) {
        int holders = 0;
        for (int voter = 1; voter <= world.nodes(); voter++) {
            if (isBelieved(voter, entry) || media[voter].holdsPayload(index, entry.hash())) {
                holders++;
            }
        }
        if (holders < majority) {
            throw new Violation(NAME, "the payload of index " + index + " is needed and durable on only " + holders
                    + " nodes");
        }
    }

    @Override
    public void processEnded(int node) {
        committedLed[node] = 0;
        provenTerm[node] = HardState.INITIAL.term();
    }
}
