package holdfast.sim.check;

import holdfast.Digest;
import holdfast.node.Replica;
import holdfast.raft.HardState;
import holdfast.raft.LogEntry;
import holdfast.raft.Member;
import holdfast.raft.Membership;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import holdfast.sim.fault.FaultInjector;
import holdfast.sim.world.Drive;
import holdfast.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Is it durable? Asked at every promise, and answered from the medium: would this survive a power cut of everyone
/// right now? No crash is needed to find a node that acknowledged too early.
///
/// A node whose disk has lied to it, or whose medium was damaged on purpose, is taken at its word: it cannot know
/// better, and the fault budget keeps such nodes to a minority. Its word stands also after the excuse has ended
/// (`docs/decisions/0011-a-word-taken-is-kept.md`).
public final class DurabilityLedger implements NodeOracle {

    private static final String NAME = "durability-ledger";

    /// What a drive would still have.
    private static final class Medium {
        final Drive drive;
        final MediumLog log;
        final Belief belief = new Belief();

        Medium(Drive drive) {
            this.drive = drive;
            log = new MediumLog(drive.disk().medium());
        }
    }

    private final World world;
    private final CommitLedger committed;
    /// By number of the drive; those of a universe only become more.
    private final ArrayList<Medium> media = new ArrayList<>();
    private final long[] provenTerm;
    private final long[] committedLed;

    /// @param committed as it was before the turn that is judged
    public DurabilityLedger(World world, CommitLedger committed) {
        this.world = world;
        this.committed = committed;
        provenTerm = new long[world.nodes() + 1];
        committedLed = new long[world.nodes() + 1];
    }

    private Medium medium(Drive drive) {
        while (media.size() < drive.number()) {
            media.add(new Medium(world.drives().get(media.size())));
        }
        return media.get(drive.number() - 1);
    }

    /// The node's segments, but for the one that its log goes on in, that hold nothing from `covered` on, where the log
    /// went on when what is older was let go, and nothing needed.
    public List<String> segmentsWithout(int node, long covered, Set<Long> needed) {
        return log(node).segmentsWithout(index -> index >= covered || needed.contains(index));
    }

    private MediumLog log(int node) {
        return medium(world.ownDrive(node)).log;
    }

    /// A byte of a frame on the medium of `node`, or null if there is none yet. What has not been proven durable looks torn when
    /// its bits change, so such changes are for the rest.
    public FaultInjector.RotTargets.Target entryByte(int node, boolean mayBeUnproven, long draw) {
        MediumLog.Spot spot = log(node).spot(mayBeUnproven, draw);
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
            case Message.AppendAccepted accepted -> mustHoldLog(from, accepted.durableIndex(), replica.raft());
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
            medium(world.ownDrive(node)).belief.take(raft);
        }
        return isExcused;
    }

    private void mustHoldSnapshot(int node, long index, Raft raft) {
        if (!log(node).coversBySnapshot(index)) {
            mustHoldLog(node, index, raft);
        }
    }

    private void mustHoldVote(int node, long term, int votedFor) {
        if (!log(node).holdsVote(term, votedFor)) {
            throw new Violation(NAME, "node " + node + " tells its vote of term " + term + " for node " + votedFor
                    + " before both copies are durable: " + log(node).told());
        }
    }

    private void mustHoldTerm(int node, long term) {
        if (term <= provenTerm[node]) {
            return;
        }
        if (!log(node).holdsTerm(term)) {
            throw new Violation(NAME, "node " + node + " speaks in term " + term + " before that is durable: "
                    + log(node).told());
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
        if (!log(node).holds(index, chain)) {
            throw new Violation(NAME, "node " + node + " acknowledges index " + index
                    + " before it is durable: " + log(node).told());
        }
    }

    /// Whether the node's medium has the payload of this entry, or the node is taken at its word.
    public boolean holdsPayload(int node, long index, Digest hash) {
        return world.condition(node).isExcused() || log(node).holdsPayload(index, hash);
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
        mustBeOnMajority("commits", node, raft, raft.commitIndex(), committed.lastIndex());
    }

    /// A client is told "written".
    public void acknowledged(int node, long index, Raft raft) {
        isTakenAtItsWord(node, raft);
        if (raft.hasEntry(index)) {
            mustBeOnMajority("acknowledges to a client", node, raft, index, index);
        }
    }

    /// Whether the drive that the voter is bound to has the entry, or its node is taken at its word.
    boolean holds(Member voter, LogEntry entry) {
        Medium medium = mediumOf(voter);
        return medium != null && holds(medium, entry);
    }

    /// By the membership that is in force now, or by the one that was when the entry was appended.
    private void mustBeOnMajority(String deed, int node, Raft raft, long index, long before) {
        LogEntry entry = raft.entry(index);
        Holders now = new Holders(raft.membership(), entry, before);
        Holders then = new Holders(raft.membershipAt(index), entry, before);
        if (now.count < now.needed && then.count < then.needed) {
            throw new Violation(NAME, "node " + node + " " + deed + " index " + entry.index() + " of term " + entry.term()
                    + ", durable on " + now.count + " of " + now.needed + " nodes" + now.told);
        }
    }

    /// Which voters have an entry on their drives. Only drives that the membership names count, and the founder's alone while
    /// the store is forming. A drive that takes another one's place does not count for the entry that says so: `before` is
    /// what was committed already.
    private final class Holders {
        final StringBuilder told = new StringBuilder();
        int count;
        int needed;

        Holders(Membership membership, LogEntry entry, long before) {
            int bound = 0;
            for (Member member : membership.members()) {
                Medium medium = mediumOf(member);
                if (medium != null) {
                    bound++;
                    boolean counts = member.since() <= before;
                    count += counts && holds(medium, entry) ? 1 : 0;
                    told.append("; node ").append(member.id()).append(counts ? ": " : " (does not count yet): ")
                            .append(medium.log.told());
                }
            }
            needed = Math.min(bound, world.nodes() / 2 + 1);
        }
    }

    /// Of the drive that the voter is bound to; null if it is bound to none.
    private Medium mediumOf(Member member) {
        for (Drive drive : world.drives()) {
            if (drive.store().nodeId() == member.id() && drive.store().diskUuid().equals(member.disk())) {
                return medium(drive);
            }
        }
        return null;
    }

    private boolean holds(Medium medium, LogEntry entry) {
        return isBelieved(medium, entry) || medium.log.holds(entry.index(), entry.chain());
    }

    private boolean isBelieved(Medium medium, LogEntry entry) {
        boolean isExcused = medium.drive.isGivenUp()
                ? medium.drive.wasExcused()
                : world.condition(medium.drive.store().nodeId()).isExcused();
        return isExcused || medium.belief.covers(entry.index(), entry.chain());
    }

    /// At the end of a run: the payload of a live extent must lie on the media of a majority.
    public void mustKeepPayload(long index, LogEntry entry, int majority) {
        int holders = 0;
        for (int voter = 1; voter <= world.nodes(); voter++) {
            Medium medium = medium(world.ownDrive(voter));
            if (isBelieved(medium, entry) || medium.log.holdsPayload(index, entry.hash())) {
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
