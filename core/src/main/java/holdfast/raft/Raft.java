package holdfast.raft;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Digest;
import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.StateSink;
import holdfast.raft.Message.InstallSnapshot;
import holdfast.raft.Message.InstallSnapshotReply;
import java.util.List;

/// Consensus (Raft, Ongaro and Ousterhout, ATC'14, and Ongaro's thesis) as a state machine without I/O. This
/// class is the door: it hands each input to its topic, [Election], [Replication], [Commit], [ReadBarrier], [Binding], and
/// messages to [Reception].
///
/// Every input names the time. After a bounded batch of inputs call [#flush]: it sends what is new and hands
/// all gathered entries to the disk as one write.
public final class Raft {

    private final State state;
    private final Election election;
    private final Commit commit;
    private final Replication replication;
    private final Tenure tenure;
    private final Binding binding;
    private final Reception reception;

    public Raft(RaftConfig config, RaftStart start, RaftEffects effects, Probe probe) {
        state = new State(config, effects, probe, start);
        election = new Election(state);
        commit = new Commit(state);
        replication = new Replication(state, commit);
        tenure = new Tenure(state);
        binding = new Binding(state);
        reception = new Reception(state, election, replication, tenure, binding);
        if (state.log.lastTerm() > state.term()) {
            // The log reached the disk before the term did. Nobody was told a vote in that term by this node.
            state.probe.reached(Sometimes.TERM_FROM_LOG);
            state.becomeFollower(state.log.lastTerm(), Follower.UNKNOWN);
        }
    }

    // ---- time ----------------------------------------------------------------------------------------------

    /// When [#onTime] must be called if nothing else happens.
    public long nextDeadline() {
        return state.role() instanceof Leader leader ? tenure.nextDeadline(leader) : state.electionDeadline;
    }

    public void onTime(long now) {
        state.now = now;
        if (state.role() instanceof Leader leader) {
            tenure.onTime(leader);
        } else if (now >= state.electionDeadline) {
            election.onTimeout();
        }
    }

    // ---- messages ------------------------------------------------------------------------------------------

    /// Returns whether the message was one of this term, from a node that is listened to; nobody else need look at others.
    public boolean onMessage(long now, Sender sender, Message message) {
        state.now = now;
        return reception.onMessage(sender, message);
    }

    /// Bytes of a large message of node `from` arrive that is not whole yet. If this node follows that one, it does not ask
    /// for votes meanwhile, and does not call missing what a heartbeat has overtaken ([Replication#onAppendEntries]). Nothing
    /// else follows: bytes are no word, so they neither confirm a leader to itself nor protect one from the votes of others.
    public void onArriving(long now, int from) {
        state.now = now;
        if (state.role() instanceof Follower follower && follower.leader() == from) {
            follower.arriving(now);
            state.drawElectionDeadline();
        }
    }

    // ---- the disk ------------------------------------------------------------------------------------------

    public void onEntriesDurable(long now, long writeNumber) {
        state.now = now;
        if (state.durability.confirmed(state.now, writeNumber)) {
            state.probe.reached(Sometimes.OLD_WRITE_CONFIRMED_AFTER_TRUNCATION);
        }
        switch (state.role()) {
            case Leader leader -> commit.advance(leader);
            case Follower follower -> replication.acknowledge(follower);
            case Candidate _ -> {}
        }
    }

    public void onHardStateDurable(long now, long metaNumber) {
        state.now = now;
        state.hardState.confirmed(metaNumber);
        if (state.hardState.isAllDurable()) {
            election.onHardStateDurable();
            if (state.role() instanceof Follower follower) {
                replication.acknowledge(follower);
            }
        }
    }

    /// A number for a write of payloads below a snapshot that is being installed.
    public long numberForArchive(long now) {
        state.now = now;
        return state.durability.wroteBeside(now);
    }

    /// The log is replaced by a durable snapshot that ends at `last`. Returns the number of the write that must
    /// say so on disk; until it is confirmed, this node acknowledges nothing.
    public long restore(long now, LogPosition last, Membership membership) {
        state.now = now;
        Check.that(last.index() > state.commitIndex, "a snapshot brings news", last.index(), state.commitIndex);
        state.restore(last, membership);
        return state.durability.wrote(now, 0, last.index());
    }

    /// A durable snapshot of this node covers the log up to `index`.
    public void compactTo(long index) {
        Check.that(index <= state.commitIndex, "only committed entries are compacted", index, state.commitIndex);
        state.compactTo(index);
    }

    // ---- requests ------------------------------------------------------------------------------------------

    /// Why a proposal is refused, or [Refusal#NONE] if [#propose] may be called.
    public enum Refusal {
        NONE,
        NOT_LEADER,
        TRANSFERRING,
        OVERLOADED,
        /// The founder has not heard a majority of the voters yet.
        FORMING,
        /// Another membership is not committed yet.
        CHANGING,
        /// The voter has no disk yet, leads, or is no voter; or the disk is somebody's already.
        NOT_REPLACEABLE
    }

    public Refusal refusal() {
        if (!(state.role() instanceof Leader leader)) {
            return Refusal.NOT_LEADER;
        }
        if (state.membership().isForming()) {
            return Refusal.FORMING;
        }
        if (leader.isTransferring()) {
            return Refusal.TRANSFERRING;
        }
        return leader.uncommittedBytes() >= state.config.uncommittedBytesMax() ? Refusal.OVERLOADED : Refusal.NONE;
    }

    /// Why [#replaceDisk] must not be called, or [Refusal#NONE].
    public Refusal replaceRefusal(int node, Digest disk) {
        Refusal refusal = refusal();
        if (refusal != Refusal.NONE || !(state.role() instanceof Leader leader)) {
            return refusal;
        }
        if (!binding.mayChange(leader)) {
            return Refusal.CHANGING;
        }
        return binding.isReplaceable(node, disk) ? Refusal.NONE : Refusal.NOT_REPLACEABLE;
    }

    /// Binds a voter to another disk, because the one that it had is lost; returns the entry's index. The voter counts
    /// again when the entry is committed and the new disk holds it.
    public long replaceDisk(long now, int node, Digest disk) {
        state.now = now;
        Check.that(state.role() instanceof Leader, "only a leader proposes");
        return binding.replace((Leader) state.role(), node, disk);
    }

    /// Appends a command to the leader's log; returns its index.
    public long propose(long now, Bytes command) {
        state.now = now;
        Check.that(state.role() instanceof Leader, "only a leader proposes");
        return ((Leader) state.role()).append(state, EntryType.COMMAND, command).index();
    }

    /// Asks for a read index; answered by [RaftEffects#readReady] or [RaftEffects#readFailed]. `id` is never reused.
    public void read(long now, long id) {
        state.now = now;
        switch (state.role()) {
            case Leader leader -> leader.reads().ask(state, leader, state.config.self(), id);
            case Follower follower -> ReadBarrier.forward(state, follower.leader(), id);
            case Candidate _ -> state.effects.readFailed(id);
        }
    }

    /// Starts to hand leadership to `target` (thesis §3.10). Returns false if this node does not lead or the target is
    /// not a peer.
    public boolean transferTo(long now, int target) {
        state.now = now;
        return state.role() instanceof Leader leader && tenure.startTransfer(leader, target);
    }

    /// A snapshot sender's message to a follower; sent under the same rule as every other message.
    public void sendSnapshotPiece(
            int to, LogPosition last, int position, int imageBytes, Message.Piece piece, Bytes data) {
        if (state.role() instanceof Leader leader) {
            state.send(to, new InstallSnapshot(
                    state.term(), last, position, imageBytes, piece, data, leader.round()));
        }
    }

    /// A snapshot receiver's answer to the leader of this term.
    public void sendSnapshotReply(int to, long lastIndex, int imageHeld, long lacking, boolean installed) {
        if (to != Follower.UNKNOWN && state.role() instanceof Follower follower && follower.leader() == to) {
            state.send(to, new InstallSnapshotReply(
                    state.term(), lastIndex, imageHeld, lacking, installed, follower.lastRound()));
        }
    }

    /// End of a turn: everything gathered goes out, entries as one write.
    public void flush(long now) {
        state.now = now;
        if (state.role() instanceof Leader leader) {
            binding.flush(leader);
            replication.flush(leader);
        }
        state.flushEntries();
    }

    // ---- what others may know ------------------------------------------------------------------------------

    public long term() {
        return state.term();
    }

    public HardState hardState() {
        return state.hardState.current();
    }

    /// Whether the disk has confirmed [#hardState].
    public boolean isHardStateDurable() {
        return state.hardState.isAllDurable();
    }

    public boolean isLeader() {
        return state.role() instanceof Leader;
    }

    /// Whether this node asks for pre-votes or votes, or is about to.
    public boolean isCandidate() {
        return state.role() instanceof Candidate;
    }

    /// The leader of this term as far as known, or 0.
    public int leader() {
        return switch (state.role()) {
            case Leader _ -> state.config.self();
            case Follower follower -> follower.leader();
            case Candidate _ -> Follower.UNKNOWN;
        };
    }

    public boolean needsSnapshot(int follower) {
        return state.role() instanceof Leader leader
                && leader.follower(follower).mode() == Progress.Mode.SNAPSHOT;
    }

    public long commitIndex() {
        return state.commitIndex;
    }

    public long durableIndex() {
        return state.durability.durableIndex();
    }

    public LogPosition base() {
        return state.log.base();
    }

    public LogPosition last() {
        return state.log.last();
    }

    /// Payload bytes of entries held in memory.
    public long logBytes() {
        return state.log.bytes();
    }

    public boolean hasEntry(long index) {
        return state.log.has(index);
    }

    public LogEntry entry(long index) {
        return state.log.get(index);
    }

    public LogPosition positionAt(long index) {
        return state.log.positionAt(index);
    }

    /// In force now; perhaps not committed yet.
    public Membership membership() {
        return state.membership();
    }

    /// The youngest that is known to be committed, or null before any is.
    public Membership committedMembership() {
        return state.memberships.committed(state.commitIndex);
    }

    /// In force when everything up to `index` had been appended; from the log's base on.
    public Membership membershipAt(long index) {
        return state.memberships.at(index);
    }

    /// Where the membership in force stands in the log.
    public long membershipIndex() {
        return state.memberships.latestIndex();
    }

    /// What this node says of itself with every message.
    public Sender self() {
        return state.self();
    }

    /// What this leader knows to be durable at `follower`; 0 if it does not lead.
    public long matchIndex(int follower) {
        return state.role() instanceof Leader leader ? leader.follower(follower).matchIndex() : 0;
    }

    /// Voters known to have `index` on stable storage, in ascending order.
    public List<Integer> syncedBy(long index) {
        return state.membership().members().stream()
                .filter(member -> durableAt(member.id()) >= Math.max(index, member.since()))
                .map(Member::id)
                .toList();
    }

    private long durableAt(int voter) {
        return voter == state.config.self() ? durableIndex() : matchIndex(voter);
    }

    /// Followers of this leader that have lost what their disks had confirmed, in ascending order: somebody has to look
    /// at these disks. Empty if this node does not lead.
    public List<Integer> forgetful() {
        return state.role() instanceof Leader leader ? leader.forgetful() : List.of();
    }

    public void describe(StateSink sink) {
        sink.add("commitIndex", state.commitIndex);
        state.hardState.describe(sink);
        state.durability.describe(sink);
        state.log.describe(sink);
        state.memberships.describe(sink);
        state.peers.describe(sink);
        switch (state.role()) {
            case Leader leader -> leader.describe(sink.add("role", "leader"));
            case Follower follower -> sink.add("role", "follower")
                    .add("leader", follower.leader()).add("matchedIndex", follower.matchedIndex());
            case Candidate candidate -> sink.add("role", "candidate").add("stage", candidate.stage().ordinal());
        }
    }
}
