package holdfast.raft;

import holdfast.Check;
import holdfast.Digest;
import holdfast.Hasher;
import holdfast.Probe;
import holdfast.Sometimes;
import java.util.ArrayList;
import java.util.List;

/// What the four topics of consensus (elections, replication, commit, reads) share, and the one door for
/// every change of role (see [Role] for the diagram).
final class State {

    final RaftConfig config;
    final RaftEffects effects;
    final Probe probe;
    final Hasher hasher = new Hasher();
    final RaftLog log;
    final Durability durability;
    final HardStateKeeper hardState;
    final Memberships memberships;
    final Peers peers;

    private final List<LogEntry> unwritten = new ArrayList<>();
    private Role role = new Follower(Follower.UNKNOWN);
    private final Digest disk;
    private final long life;
    private long truncateFrom;

    long now;
    long commitIndex;
    long electionDeadline;
    long leaderHeardMicros;

    State(RaftConfig config, RaftEffects effects, Probe probe, RaftStart start) {
        this.config = config;
        this.effects = effects;
        this.probe = probe;
        disk = start.disk();
        life = start.life();
        memberships = new Memberships(start.base().index(), start.membership());
        peers = new Peers(config.self(), memberships);
        log = new RaftLog(start.base(), start.entries());
        start.entries().forEach(this::adoptMembership);
        durability = new Durability(log.lastIndex());
        hardState = new HardStateKeeper(start.hardState());
        commitIndex = start.base().index();
        now = start.nowMicros();
        leaderHeardMicros = now - config.electionTimeoutMicros();
        drawElectionDeadline();
    }

    Role role() {
        return role;
    }

    long term() {
        return hardState.term();
    }

    /// In force now, committed or not (thesis §4.1).
    Membership membership() {
        return memberships.latest();
    }

    /// What this node says of itself with every message.
    Sender self() {
        long since = isBound() ? membership().member(config.self()).since() : 0;
        return new Sender(config.self(), disk, since, life);
    }

    /// Whether this node is a voter on the disk that its id is bound to.
    boolean isBound() {
        Member self = membership().member(config.self());
        return self != null && self.isOn(disk);
    }

    /// Whether this node may vote: nobody else's disk has its place.
    boolean mayVote() {
        Member self = membership().member(config.self());
        return self != null && (self.isOn(disk) || !self.isBound());
    }

    /// Raft §5.2: randomised, so that split votes are rare and soon resolved.
    void drawElectionDeadline() {
        long timeout = config.electionTimeoutMicros();
        electionDeadline = now + timeout + config.jitter().applyAsLong(timeout);
    }

    /// Whether a leader was heard so lately that nobody should be helped to depose it (thesis §4.2.3).
    boolean isLeaderProtected() {
        return role instanceof Leader || now - leaderHeardMicros < config.electionTimeoutMicros();
    }

    void becomeFollower(long term, int leader) {
        Check.that(term >= term(), "a follower of this or a higher term", term, term());
        boolean wasLeader = role instanceof Leader;
        role = new Follower(leader);
        if (term > term()) {
            hardState.change(new HardState(term, HardState.NOBODY), effects);
        }
        if (wasLeader) {
            drawElectionDeadline();
            effects.leadershipLost();
        }
    }

    Candidate becomePreCandidate() {
        Check.that(!(role instanceof Leader), "a leader does not campaign");
        Candidate candidate = new Candidate(Candidate.Stage.PRE_VOTE, false);
        role = candidate;
        return candidate;
    }

    /// Raises the term and votes for itself; nobody is asked before that is durable, or two others could elect
    /// this node, and after a crash it could win the same term a second time with another log.
    void becomeCandidate(boolean isTransfer) {
        Check.that(!(role instanceof Leader), "a leader does not campaign");
        role = new Candidate(Candidate.Stage.VOTE_UNSAFE, isTransfer);
        hardState.change(new HardState(term() + 1, config.self()), effects);
    }

    Leader becomeLeader() {
        Check.that(role instanceof Candidate, "only a candidate becomes leader");
        Check.that(hardState.isAllDurable(), "a leader's term and vote are durable");
        long inheritedBytes = log.bytesBetween(commitIndex, log.lastIndex());
        Leader leader = new Leader(membership(), config, log.lastIndex() + 1, inheritedBytes, now);
        role = leader;
        probe.reached(Sometimes.LEADER_ELECTED);
        return leader;
    }

    /// Sends, if the term that the message carries is durable here. Otherwise it is as if the message had been
    /// lost: whoever waits asks again.
    void send(int to, Message message) {
        if (hardState.isTermDurable()) {
            effects.send(to, message);
        } else {
            probe.reached(Sometimes.MESSAGE_LACKED_TERM);
        }
    }

    void append(LogEntry entry) {
        log.append(entry);
        adoptMembership(entry);
        unwritten.add(entry);
    }

    private void adoptMembership(LogEntry entry) {
        if (entry.type() == EntryType.CONFIG) {
            Membership membership = Membership.decode(entry.payload());
            Check.that(membership != null, "a membership entry can be read", entry.index(), entry.term());
            memberships.appended(entry.index(), membership);
        }
    }

    /// Raft §5.3: a follower drops what conflicts with the leader.
    void truncateFrom(long index) {
        Check.that(index > commitIndex, "committed entries are never truncated", index, commitIndex);
        log.truncateFrom(index);
        memberships.truncatedFrom(index);
        durability.truncated(index);
        while (!unwritten.isEmpty() && unwritten.getLast().index() >= index) {
            unwritten.removeLast();
        }
        truncateFrom = truncateFrom == 0 ? index : Math.min(truncateFrom, index);
        probe.reached(Sometimes.LOG_TRUNCATED);
    }

    /// A snapshot replaces the log; nothing is durable until the disk has been told.
    void restore(LogPosition last, Membership next) {
        dropUnwritten();
        log.resetTo(last);
        durability.truncated(1);
        commitIndex = last.index();
        memberships.restored(last.index(), next);
    }

    /// A durable snapshot covers the log up to `index`.
    void compactTo(long index) {
        log.compactTo(index);
        memberships.compactedTo(index);
    }

    private void dropUnwritten() {
        unwritten.clear();
        truncateFrom = 0;
    }

    /// Hands everything gathered in this turn to the disk as one write.
    void flushEntries() {
        if (unwritten.isEmpty() && truncateFrom == 0) {
            return;
        }
        long bytes = 0;
        for (LogEntry entry : unwritten) {
            bytes += entry.payload().size();
        }
        long number = durability.wrote(now, bytes, log.lastIndex());
        effects.write(number, truncateFrom, List.copyOf(unwritten));
        dropUnwritten();
    }
}
