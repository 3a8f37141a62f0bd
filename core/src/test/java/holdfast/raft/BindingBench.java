package holdfast.raft;

import static holdfast.raft.RaftBench.TIMEOUT;
import static holdfast.raft.RaftBench.node;
import static holdfast.raft.Voters.disk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.Hasher;
import holdfast.raft.Message.AppendAccepted;
import holdfast.raft.Message.AppendEntries;
import holdfast.raft.Raft.Refusal;
import holdfast.raft.RaftBench.Sent;
import java.util.ArrayList;
import java.util.List;

/// What the tests of [Binding] begin with: stores that were just formatted, leaders, and a new disk.
final class BindingBench {

    private BindingBench() {}

    static final Digest NEW = new Digest(9, 9);

    /// The new disk of that voter, before and after it has heard that it is one.
    static Sender unaware(int voter) {
        return new Sender(voter, NEW, 0, 1);
    }

    static Sender aware(int voter, long since) {
        return new Sender(voter, NEW, since, 1);
    }

    static LogEntry after(LogPosition last, long term, EntryType type, Bytes payload) {
        return LogEntry.following(new Hasher(), last.chain(), last.index() + 1, term, type, payload);
    }

    /// The log that a store is formatted with.
    static List<LogEntry> formatted(int nodes) {
        return List.of(after(LogPosition.ORIGIN, 0, EntryType.CONFIG, Voters.founded(nodes).encode()));
    }

    static RaftBench started(int self, Digest disk, HardState state, List<LogEntry> log) {
        return new RaftBench(self, new RaftStart(0, disk, 1, state, LogPosition.ORIGIN, null, log));
    }

    /// A node of a store that was just formatted.
    static RaftBench fresh(int self, Digest disk, int nodes) {
        return started(self, disk, HardState.INITIAL, formatted(nodes));
    }

    /// Leads term 1 by itself; the no-op of its term stands at index 2 and is committed.
    static RaftBench founder(int nodes) {
        RaftBench founder = fresh(1, disk(1), nodes);
        founder.waits(TIMEOUT);
        founder.syncs();
        assertTrue(founder.raft.isLeader());
        return founder;
    }

    /// Leads term 2 of bound voters; the no-op of its term stands at index 1 and is committed.
    static RaftBench leader(int nodes) {
        RaftBench leader = node(1, nodes, 1).elected();
        leader.syncs();
        for (int voter = 2; voter <= nodes; voter++) {
            leader.receives(voter, new AppendAccepted(2, 1, 1, 1));
        }
        assertEquals(1, leader.raft.commitIndex());
        leader.sends();
        return leader;
    }

    static long replaces(RaftBench leader, int voter) {
        assertEquals(Refusal.NONE, leader.raft.replaceRefusal(voter, NEW));
        long index = leader.raft.replaceDisk(leader.now, voter, NEW);
        leader.raft.flush(leader.now);
        return index;
    }

    static List<Message> to(int voter, List<Sent> sends) {
        return sends.stream().filter(sent -> sent.to() == voter).map(Sent::message).toList();
    }

    /// The indexes of the entries among what was sent to the voter.
    static List<Long> entriesTo(int voter, List<Sent> sends) {
        List<Long> indexes = new ArrayList<>();
        for (Message message : to(voter, sends)) {
            if (message instanceof AppendEntries append) {
                append.entries().forEach(entry -> indexes.add(entry.index()));
            }
        }
        return indexes;
    }
}
