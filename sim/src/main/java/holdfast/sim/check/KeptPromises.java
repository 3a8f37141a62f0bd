package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.raft.HardState;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import holdfast.sim.world.Drive;
import holdfast.sim.world.World;

/// A node that comes back must still have what it promised before: every entry that it acknowledged and was not told
/// to drop, and its vote. So a recovery that forgets is found at once, and not by the election that it spoils.
public final class KeptPromises implements NodeOracle {

    private static final String NAME = "kept-promises";

    private final World world;
    private final LogPosition[] log;
    private final HardState[] vote;
    private final long[] toldTerm;
    private final boolean[] isBack;
    /// The drive on which all that was promised.
    private final Drive[] drive;

    public KeptPromises(World world) {
        this.world = world;
        log = new LogPosition[world.nodes() + 1];
        vote = new HardState[world.nodes() + 1];
        toldTerm = new long[world.nodes() + 1];
        isBack = new boolean[world.nodes() + 1];
        drive = new Drive[world.nodes() + 1];
        java.util.Arrays.fill(log, LogPosition.ORIGIN);
        java.util.Arrays.fill(vote, HardState.INITIAL);
    }

    public void sent(int from, int to, Message message, Replica replica) {
        switch (message) {
            case Message.VoteReply reply when reply.granted() -> vote[from] = new HardState(reply.term(), to);
            case Message.VoteRequest request -> vote[from] = new HardState(request.term(), from);
            case Message.AppendAccepted accepted -> promised(from, accepted.durableIndex(), replica.raft());
            case Message.VoteReply _, Message.PreVoteRequest _, Message.PreVoteReply _, Message.AppendEntries _,
                    Message.AppendRejected _, Message.InstallSnapshot _, Message.InstallSnapshotReply _,
                    Message.TimeoutNow _, Message.ReadIndexRequest _, Message.ReadIndexReply _ -> {}
        }
        if (!(message instanceof Message.PreVoteRequest)) {
            toldTerm[from] = Math.max(toldTerm[from], message.term());
        }
    }

    private void promised(int node, long index, Raft raft) {
        if (index > log[node].index() && index >= raft.base().index()) {
            log[node] = raft.positionAt(index);
        }
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        Raft raft = replica.raft();
        if (!isBack[node]) {
            isBack[node] = true;
            mustKeep(node, raft);
        }
        if (raft.isLeader()) {
            promised(node, raft.durableIndex(), raft);
            mustNotSlander(node, raft);
        } else if (!has(raft, log[node])) {
            // A newer leader has made this node drop entries: what is left of the promise is the common prefix.
            log[node] = raft.positionAt(Math.max(raft.base().index(), raft.durableIndex()));
        }
    }

    /// A leader may say that a follower has lost what it had acknowledged only if its disk can have.
    private void mustNotSlander(int node, Raft raft) {
        for (int forgetful : raft.forgetful()) {
            boolean hasPromised = drive[forgetful] == world.ownDrive(forgetful) && log[forgetful].index() > 0;
            if (!world.condition(forgetful).isBeyondRepair() || isNamedAlready(forgetful, raft) && !hasPromised) {
                throw new Violation(NAME, "node " + node + " says that node " + forgetful
                        + " has lost what it had acknowledged, and nothing was done to its disk");
            }
        }
    }

    private void mustKeep(int node, Raft raft) {
        if (world.condition(node).isExcused() || world.ownDrive(node) != drive[node]) {
            drive[node] = world.ownDrive(node);
            log[node] = LogPosition.ORIGIN;
            vote[node] = HardState.INITIAL;
            toldTerm[node] = 0;
            return;
        }
        compare(node, raft, "came back");
    }

    /// What a start from the remains of a power cut at this moment has found; asked only of nodes whose disk is sound.
    ///
    /// @param after what would have happened
    public void wouldKeep(int node, Raft raft, String after) {
        if (world.ownDrive(node) == drive[node]) {
            compare(node, raft, "would come back after " + after);
        }
    }

    /// Whether the drive that the machine has is the one that the leader counts on: what was lost with another one is settled.
    private boolean isNamedAlready(int node, Raft raft) {
        return !world.isMisplaced(node) && raft.membership().member(node).isOn(world.ownDrive(node).store().diskUuid());
    }

    /// A crash in the middle of a turn may hide that a newer leader had made the node drop entries; then its log ends in
    /// a newer term.
    private void compare(int node, Raft raft, String when) {
        HardState found = raft.hardState();
        if (found.term() < toldTerm[node]) {
            throw new Violation(NAME, "node " + node + " " + when + " in term " + found.term() + " after it had spoken in "
                    + toldTerm[node]);
        }
        if (found.term() < vote[node].term()
                || (found.term() == vote[node].term() && found.votedFor() != vote[node].votedFor())) {
            throw new Violation(NAME, "node " + node + " " + when + " with term " + found.term() + " and its vote for "
                    + found.votedFor() + " after it had told its vote for " + vote[node].votedFor());
        }
        if (!has(raft, log[node]) && raft.last().term() <= log[node].term()) {
            throw new Violation(NAME, "node " + node + " " + when + " with its log at index " + raft.last().index()
                    + " of term " + raft.last().term() + " after it had acknowledged index " + log[node].index()
                    + " of term " + log[node].term());
        }
    }

    private static boolean has(Raft raft, LogPosition promised) {
        if (promised.index() < raft.base().index()) {
            return true;
        }
        return (raft.hasEntry(promised.index()) || promised.index() == raft.base().index())
                && raft.positionAt(promised.index()).equals(promised);
    }

    @Override
    public void processEnded(int node) {
        isBack[node] = false;
    }
}
