package holdfast.raft;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.Hasher;
import holdfast.Probe;
import java.util.ArrayList;
import java.util.List;

/// One node on a test bench: feed it, and look at what it asks for. The disk confirms when the test says so.
final class RaftBench implements RaftEffects {

    static final long TIMEOUT = 100_000;
    static final long HEARTBEAT = 20_000;
    static final int MESSAGE_BYTES = 128 << 10;

    /// What this node's machine could not apply.
    static final Bytes UNUSABLE = Bytes.utf8("unusable");

    record Sent(int to, Message message) {}

    record Written(long number, long truncateFrom, List<LogEntry> entries) {}

    record Persisted(long number, HardState state) {}

    final List<Sent> sent = new ArrayList<>();
    final List<Written> written = new ArrayList<>();
    final List<Persisted> persisted = new ArrayList<>();
    final List<String> reads = new ArrayList<>();
    final List<Integer> snapshotsAsked = new ArrayList<>();
    final Raft raft;
    int leaderships;
    long now;

    RaftBench(int self, RaftStart start) {
        RaftConfig config = new RaftConfig(self, TIMEOUT, HEARTBEAT, 8, MESSAGE_BYTES, 4, 1 << 20, 16, _ -> 0);
        raft = new Raft(config, start, this, Probe.NONE);
    }

    /// A node of `nodes`, all of them bound, whose log has one entry for each of the given terms.
    static RaftBench node(int self, int nodes, long term, long... logTerms) {
        return new RaftBench(self, new RaftStart(
                0, Voters.disk(self), 1, new HardState(term, HardState.NOBODY), LogPosition.ORIGIN,
                Voters.bound(nodes), log(logTerms)));
    }

    /// A log with one entry for each term; equal terms make equal logs.
    static List<LogEntry> log(long... terms) {
        ArrayList<LogEntry> log = new ArrayList<>();
        Hasher hasher = new Hasher();
        Digest chain = Digest.ZERO;
        for (int i = 0; i < terms.length; i++) {
            LogEntry entry = LogEntry.following(
                    hasher, chain, i + 1, terms[i], EntryType.COMMAND, Bytes.utf8("t" + terms[i] + "i" + (i + 1)));
            chain = entry.chain();
            log.add(entry);
        }
        return log;
    }

    /// The position at the end of such a log.
    static LogPosition end(long... terms) {
        return terms.length == 0 ? LogPosition.ORIGIN : LogPosition.of(log(terms).getLast());
    }

    void receives(int from, Message message) {
        receives(Voters.sender(from), message);
    }

    void receives(Sender from, Message message) {
        raft.onMessage(now, from, message);
        raft.flush(now);
    }

    void waits(long micros) {
        now += micros;
        raft.onTime(now);
        raft.flush(now);
    }

    /// So many heartbeats are due, one after the other.
    RaftBench beats(int times) {
        for (int i = 0; i < times; i++) {
            waits(HEARTBEAT);
        }
        return this;
    }

    /// The youngest broadcast since the last call of [#sends].
    long round() {
        long round = 0;
        for (Sent one : sent) {
            round = one.message() instanceof Message.AppendEntries append ? Math.max(round, append.round()) : round;
        }
        return round;
    }

    /// The disk confirms everything asked for so far.
    void syncs() {
        while (!persisted.isEmpty() || !written.isEmpty()) {
            List<Persisted> states = List.copyOf(persisted);
            persisted.clear();
            for (Persisted state : states) {
                raft.onHardStateDurable(now, state.number());
            }
            List<Written> writes = List.copyOf(written);
            written.clear();
            for (Written write : writes) {
                raft.onEntriesDurable(now, write.number());
            }
            raft.flush(now);
        }
    }

    /// What was sent since the last call.
    List<Sent> sends() {
        List<Sent> all = List.copyOf(sent);
        sent.clear();
        return all;
    }

    /// Becomes leader of the next term with the votes of everyone.
    RaftBench elected() {
        waits(TIMEOUT);
        for (int peer : raft.membership().voters()) {
            receives(peer, new Message.PreVoteReply(raft.term(), raft.term() + 1, true));
        }
        syncs();
        for (int peer : raft.membership().voters()) {
            receives(peer, new Message.VoteReply(raft.term(), true));
        }
        return this;
    }

    @Override
    public void send(int to, Message message) {
        sent.add(new Sent(to, message));
    }

    @Override
    public void persist(long metaNumber, HardState state) {
        persisted.add(new Persisted(metaNumber, state));
    }

    @Override
    public void write(long writeNumber, long truncateFrom, List<LogEntry> entries) {
        written.add(new Written(writeNumber, truncateFrom, entries));
    }

    @Override
    public boolean isUsable(LogEntry entry) {
        return !entry.payload().equals(UNUSABLE);
    }

    @Override
    public void sendSnapshot(int to) {
        snapshotsAsked.add(to);
    }

    @Override
    public void readReady(long readId, long index) {
        reads.add("ready " + readId + " at " + index);
    }

    @Override
    public void readFailed(long readId) {
        reads.add("failed " + readId);
    }

    @Override
    public void leadershipLost() {
        leaderships--;
    }
}
