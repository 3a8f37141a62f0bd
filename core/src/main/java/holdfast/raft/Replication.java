package holdfast.raft;

import holdfast.Sometimes;
import holdfast.raft.Message.AppendAccepted;
import holdfast.raft.Message.AppendEntries;
import holdfast.raft.Message.AppendRejected;
import java.util.List;
import java.util.Map;

/// Log replication, both sides (Raft §5.3): the leader keeps a bounded window of messages in flight to each
/// follower, the follower compares, writes, and acknowledges what its own disk has confirmed.
final class Replication {

    private final State state;
    private final Commit commit;

    Replication(State state, Commit commit) {
        this.state = state;
        this.commit = commit;
    }

    // ---- the leader's side ---------------------------------------------------------------------------------

    /// A message with more bytes of payload is large: it may be overtaken by others, in particular by smaller ones with the
    /// entries that follow. So those wait until it is answered.
    static final int LARGE_BYTES = 64 << 10;

    /// End of a turn: new entries go out, and a heartbeat of a new round if one is due.
    void flush(Leader leader) {
        boolean broadcast = leader.needsBroadcast();
        if (broadcast) {
            leader.startRound(state.now);
        }
        for (Map.Entry<Integer, Progress> follower : leader.followers().entrySet()) {
            tell(leader, follower.getKey(), follower.getValue(), broadcast);
        }
        if (leader.commitDeadline() != Long.MAX_VALUE && knowCommit(leader)) {
            leader.commitTold();
        }
        leader.reads().confirm(state, leader);
    }

    private void tell(Leader leader, int to, Progress progress, boolean broadcast) {
        boolean isDue = broadcast && isWorthTelling(progress);
        if (takesPart(to, progress)) {
            boolean sent = sendEntries(leader, to, progress);
            if (isDue && !sent) {
                sendHeartbeat(leader, to, progress);
            }
        } else if (isDue) {
            introduce(leader, to);
        }
        if (isDue) {
            progress.told(state.now);
        }
    }

    /// Whether everybody who takes part and listens has been told what is committed.
    private boolean knowCommit(Leader leader) {
        for (Map.Entry<Integer, Progress> follower : leader.followers().entrySet()) {
            Progress progress = follower.getValue();
            if (progress.missesCommit(state.commitIndex)
                    && isWorthTelling(progress)
                    && takesPart(follower.getKey(), progress)) {
                return false;
            }
        }
        return true;
    }

    /// Who has been silent for an election timeout is told of commits and reads no faster than it would hear heartbeats: a
    /// dead follower must not cost more the more is written.
    private boolean isWorthTelling(Progress progress) {
        return state.now - progress.heardMicros() < state.config.electionTimeoutMicros()
                || state.now - progress.toldMicros() >= state.config.heartbeatMicros();
    }

    /// A disk that takes another one's place is told nothing before that is committed (see [Binding]). A leader that has
    /// not found out yet what is committed learns it from the disk itself: it holds the entry only if that is committed.
    private boolean takesPart(int voter, Progress progress) {
        Member member = state.membership().member(voter);
        return member.isBound() && (member.since() <= state.commitIndex || progress.isKnownToCount());
    }

    /// Whoever does not take part yet hears who leads and nothing else. Its answer says which disk it is on, and whether
    /// that disk counts.
    private void introduce(Leader leader, int to) {
        state.probe.reached(Sometimes.STRANGER_INTRODUCED);
        state.send(to, new AppendEntries(state.term(), LogPosition.ORIGIN, List.of(), 0, leader.round()));
    }

    void onAccepted(Leader leader, Sender from, AppendAccepted reply) {
        if (isForeign(leader, reply.matchedIndex(), reply.round())) {
            return;
        }
        boolean tookPart = takesPart(from.id(), leader.follower(from.id()));
        Progress progress = heard(leader, from, reply.round());
        if (!tookPart || progress.mode() == Progress.Mode.SNAPSHOT) {
            leader.reads().confirm(state, leader);
            return;
        }
        if (progress.accepted(reply.matchedIndex(), reply.durableIndex(), reply.round())) {
            commit.advance(leader);
        }
        leader.reads().confirm(state, leader);
    }

    void onRejected(Leader leader, Sender from, AppendRejected reply) {
        if (isForeign(leader, reply.rejectedIndex(), reply.round())) {
            return;
        }
        Progress progress = heard(leader, from, reply.round());
        if (progress.provesLoss(reply.rejectedIndex(), reply.round())) {
            state.probe.reached(Sometimes.FOLLOWER_FORGOT);
        }
        if (progress.isNews(reply.rejectedIndex())) {
            progress.probeFrom(continueAt(reply));
        }
        leader.reads().confirm(state, leader);
    }

    /// The sender is on the disk that this leader follows. Only one that counts confirms that the leader still leads.
    Progress heard(Leader leader, Sender from, long round) {
        Progress progress = leader.follower(from.id());
        if (state.membership().counts(from)) {
            progress.heard(state.now, round);
        }
        return progress;
    }

    /// The follower has everything up to `index` by way of a snapshot, and says so in answer to round `round`.
    void onSnapshotInstalled(Leader leader, int from, long index, long round) {
        Progress progress = leader.follower(from);
        progress.probeFrom(index + 1);
        if (progress.accepted(index, index, round)) {
            commit.advance(leader);
        }
    }

    /// No answer to this leader's words speaks of what its log does not have, because within a term its log only grows, nor
    /// of a broadcast that has not begun. Such an answer is dropped: another node's numbers must not end this one, nor
    /// confirm reads that nobody has asked yet.
    boolean isForeign(Leader leader, long index, long round) {
        boolean isForeign = index > state.log.lastIndex() || round > leader.round();
        if (isForeign) {
            state.probe.reached(Sometimes.FOREIGN_WORDS_DROPPED);
        }
        return isForeign;
    }

    private boolean sendEntries(Leader leader, int to, Progress progress) {
        boolean sent = false;
        long last = lastToSend();
        while (progress.canSendEntries() && progress.nextIndex() <= last) {
            if (!state.log.knows(progress.nextIndex() - 1)) {
                startSnapshot(to, progress);
                return sent;
            }
            if (progress.mode() == Progress.Mode.PROBING) {
                state.probe.reached(Sometimes.REPLICATION_PROBED);
            }
            int count = (int) Math.min(last - progress.nextIndex() + 1, state.config.entriesPerMessageMax());
            List<LogEntry> entries = state.log.from(progress.nextIndex(), count, state.config.messageBytesMax());
            Progress.Size size = sizeOf(entries);
            tellFull(entries.size(), count, size);
            if (!progress.hasRoomFor(size)) {
                break;
            }
            // What may have to be said again, and is by every heartbeat, is kept small.
            boolean isSpared = size != Progress.Size.SMALL && progress.mode() == Progress.Mode.PROBING;
            if (isSpared) {
                state.probe.reached(Sometimes.LARGE_ENTRIES_SPARED);
            }
            state.send(to, message(leader, progress, progress.nextIndex() - 1, isSpared ? List.of() : entries));
            progress.sent(entries.getLast().index(), size, leader.round());
            sent = true;
        }
        if (progress.isWindowFull() && progress.nextIndex() <= last) {
            state.probe.reached(Sometimes.REPLICATION_WINDOW_FULL);
        }
        return sent;
    }

    /// Which bound of a message was reached, if any.
    private void tellFull(int entries, int count, Progress.Size size) {
        if (size == Progress.Size.OVERSIZE) {
            state.probe.reached(Sometimes.ENTRY_OVERSIZE);
        } else if (entries < count) {
            state.probe.reached(Sometimes.MESSAGE_FULL_OF_BYTES);
        } else if (count == state.config.entriesPerMessageMax()) {
            state.probe.reached(Sometimes.MESSAGE_FULL_OF_ENTRIES);
        }
    }

    private Progress.Size sizeOf(List<LogEntry> entries) {
        long bytes = 0;
        for (LogEntry entry : entries) {
            bytes += entry.payload().size();
        }
        if (bytes > Math.max(LARGE_BYTES, state.config.messageBytesMax())) {
            return Progress.Size.OVERSIZE;
        }
        return bytes > LARGE_BYTES ? Progress.Size.LARGE : Progress.Size.SMALL;
    }

    /// A membership leaves the leader only when its own disk has it (see [Binding]).
    private long lastToSend() {
        long membership = state.memberships.latestIndex();
        if (membership > state.durability.durableIndex()) {
            state.probe.reached(Sometimes.MEMBERSHIP_HELD_FOR_DISK);
        }
        return membership > state.durability.durableIndex() ? membership - 1 : state.log.lastIndex();
    }

    private void sendHeartbeat(Leader leader, int to, Progress progress) {
        long previous = progress.nextIndex() - 1;
        if (progress.mode() == Progress.Mode.SNAPSHOT) {
            previous = progress.matchIndex();
        } else if (!state.log.knows(previous)) {
            startSnapshot(to, progress);
            previous = progress.matchIndex();
        }
        if (state.log.knows(previous)) {
            state.send(to, message(leader, progress, previous, List.of()));
        } else {
            introduce(leader, to);
        }
    }

    private void startSnapshot(int to, Progress progress) {
        progress.needsSnapshot();
        state.probe.reached(Sometimes.SNAPSHOT_SENT);
        state.effects.sendSnapshot(to);
    }

    private AppendEntries message(Leader leader, Progress progress, long previousIndex, List<LogEntry> entries) {
        progress.toldCommit(state.commitIndex);
        return new AppendEntries(
                state.term(), state.log.positionAt(previousIndex), entries, state.commitIndex, leader.round());
    }

    /// Where to go on after a rejection. Skips whole terms (Raft §5.3, last paragraphs): no entry of the
    /// follower beyond the leader's last entry of a term at most `conflictTerm` can match. Never beyond what was
    /// rejected, so probing ends whatever the follower says. If that was compacted while the probe was under way, this
    /// is below the log, and the follower will be sent a snapshot.
    private long continueAt(AppendRejected reply) {
        long rejected = reply.rejectedIndex();
        if (reply.conflictTerm() == 0) {
            state.probe.reached(Sometimes.CONFLICT_BY_LENGTH);
            return Math.min(reply.conflictIndex(), rejected);
        }
        long mine = state.log.lastIndexOfTermAtMost(reply.conflictTerm(), rejected);
        state.probe.reached(Sometimes.CONFLICT_SKIPPED_TERM);
        long next = Math.min(mine + 1, rejected);
        return state.log.termAt(mine) == reply.conflictTerm() ? next : Math.min(next, reply.conflictIndex());
    }

    // ---- the follower's side -------------------------------------------------------------------------------

    /// The message is of this term, so its sender leads.
    void onAppendEntries(Follower follower, int from, AppendEntries message) {
        boolean isNewRound = follower.heard(from, message.round());
        LogPosition previous = message.previous();
        if (!message.entries().isEmpty()) {
            follower.arrived();
        } else if (hasOvertaken(follower, previous)) {
            state.probe.reached(Sometimes.ENTRIES_OVERTAKEN);
            commit.follow(message.commitIndex(), follower.matchedIndex());
            acknowledge(follower);
            return;
        }
        if (!matches(previous)) {
            reject(from, message);
            return;
        }
        if (isForked(previous)) {
            return;
        }
        LogPosition tail = previous;
        for (LogEntry entry : message.entries()) {
            // A frame that is not what its hashes say is not written (W5); the leader will send it again.
            if (entry.index() != tail.index() + 1 || !accept(entry)) {
                break;
            }
            tail = LogPosition.of(entry);
        }
        follower.matched(tail.index());
        commit.follow(message.commitIndex(), follower.matchedIndex());
        // What is not durable yet will be acknowledged by its sync: until then only a new round is news.
        if (isNewRound || tail.index() <= state.durability.durableIndex()) {
            acknowledge(follower);
        }
    }

    /// Small messages do not wait behind large ones, so a heartbeat may name an entry whose bytes are still arriving. To call
    /// that entry missing would have the leader send all of it again.
    private boolean hasOvertaken(Follower follower, LogPosition previous) {
        return previous.index() > state.log.lastIndex()
                && follower.isArriving(state.now, state.config.electionTimeoutMicros());
    }

    /// Tells the leader what is its own here, and what of that is durable. Computed anew each time, so it can never be an
    /// old promise about entries that are gone.
    void acknowledge(Follower follower) {
        if (follower.leader() == Follower.UNKNOWN) {
            return;
        }
        long matched = follower.matchedIndex();
        long durable = Math.min(matched, state.durability.durableIndex());
        state.send(follower.leader(), new AppendAccepted(state.term(), matched, durable, follower.lastRound()));
    }

    /// What the base covers is committed, so it agrees with every leader (Leader Completeness, Raft §5.4.3).
    private boolean matches(LogPosition previous) {
        if (previous.index() < state.log.base().index()) {
            state.probe.reached(Sometimes.APPEND_BELOW_BASE);
            return true;
        }
        return previous.index() <= state.log.lastIndex() && state.log.termAt(previous.index()) == previous.term();
    }

    /// Logs that agree on an entry agree on everything before it (Log Matching). Whoever says otherwise has a damaged
    /// log, and the own one was verified entry by entry. Silence neither follows it nor helps it to find a place at
    /// which to cut, and a leader whom no majority answers steps down.
    private boolean isForked(LogPosition previous) {
        return state.log.knows(previous.index())
                && !state.log.positionAt(previous.index()).chain().equals(previous.chain());
    }

    /// Returns whether the entry now stands in the log.
    private boolean accept(LogEntry entry) {
        if (entry.index() <= state.log.base().index()) {
            return true;
        }
        boolean isHeld = state.log.has(entry.index());
        if (isHeld && state.log.termAt(entry.index()) == entry.term()) {
            state.probe.reached(Sometimes.ENTRY_REPEATED);
            return !isForked(LogPosition.of(entry));
        }
        if (!follows(entry, state.log.positionAt(entry.index() - 1)) || !isUsable(entry)) {
            return false;
        }
        if (isHeld) {
            state.truncateFrom(entry.index());
        }
        state.append(entry);
        return true;
    }

    /// Asked before anything is cut for the entry: an entry that cannot stand here must not cost those that do.
    private boolean follows(LogEntry entry, LogPosition before) {
        return entry.index() > state.commitIndex
                && entry.term() >= before.term()
                && entry.term() <= state.term()
                && entry.verifies(state.hasher, before.chain());
    }

    /// The same goes for an entry that this node could not keep or apply.
    private boolean isUsable(LogEntry entry) {
        boolean isUsable = state.effects.isUsable(entry)
                && (entry.type() != EntryType.CONFIG || isSuccessor(Membership.decode(entry.payload()), entry.index()));
        if (!isUsable) {
            state.probe.reached(Sometimes.FOREIGN_WORDS_DROPPED);
        }
        return isUsable;
    }

    /// Voters stay for the life of a store, and no disk takes another one's place by an entry that is still to come.
    private boolean isSuccessor(Membership next, long index) {
        return next != null
                && next.voters().equals(state.membership().voters())
                && next.members().stream().allMatch(member -> member.since() <= index);
    }

    private void reject(int to, AppendEntries message) {
        long rejected = message.previous().index();
        long conflictTerm = 0;
        long conflictIndex = state.log.lastIndex() + 1;
        if (state.log.has(rejected)) {
            conflictTerm = state.log.termAt(rejected);
            conflictIndex = state.log.firstIndexOfTermAt(rejected);
        }
        state.send(to, new AppendRejected(
                state.term(), rejected, conflictTerm, conflictIndex, message.round()));
    }
}
