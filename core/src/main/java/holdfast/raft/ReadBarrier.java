package holdfast.raft;

import holdfast.Sometimes;
import holdfast.StateSink;
import holdfast.raft.Message.ReadIndexReply;
import holdfast.raft.Message.ReadIndexRequest;
import java.util.ArrayDeque;

/// Linearizable reads without writing (thesis §6.4): remember the commit index, prove that this node still
/// leads by a broadcast that *began after* the read arrived, then answer with the remembered index. The reader
/// waits until its own machine has applied it; so any node can serve the read.
///
/// No leases: nothing here depends on how fast clocks run.
final class ReadBarrier {

    /// `index` is -1 until this term's first entry is committed, because until then the leader does not know
    /// which entries are (thesis §6.4, step 1).
    private static final class Waiting {
        final int reader;
        final long id;
        final long deadline;
        long index = -1;
        long round;

        Waiting(int reader, long id, long deadline) {
            this.reader = reader;
            this.id = id;
            this.deadline = deadline;
        }
    }

    /// In the order of their arrival, so also of their deadlines.
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final RaftConfig config;

    ReadBarrier(RaftConfig config) {
        this.config = config;
    }

    /// A read for node `reader` (perhaps this one) arrives at the leader.
    void ask(State state, Leader leader, int reader, long id) {
        if (waiting.size() >= config.readsMax()) {
            state.probe.reached(Sometimes.READS_OF_LEADER_FULL);
            answer(state, reader, id, ReadIndexReply.REFUSED);
            return;
        }
        Waiting read = new Waiting(reader, id, state.now + config.readWaitMicros());
        waiting.addLast(read);
        if (state.commitIndex < leader.termStartIndex()) {
            state.probe.reached(Sometimes.READ_WAITED_FOR_TERM_START);
        } else {
            startConfirming(state, leader, read);
        }
    }

    /// Answers reads whose round a majority has answered. Called when a round or the commit index advanced.
    void confirm(State state, Leader leader) {
        if (waiting.isEmpty()) {
            return;
        }
        if (state.commitIndex >= leader.termStartIndex()) {
            for (Waiting read : waiting) {
                if (read.index < 0) {
                    startConfirming(state, leader, read);
                }
            }
        }
        long confirmed = majorityRound(state, leader);
        int before = waiting.size();
        while (!waiting.isEmpty() && waiting.getFirst().index >= 0 && waiting.getFirst().round <= confirmed) {
            Waiting read = waiting.removeFirst();
            state.probe.reached(Sometimes.READ_CONFIRMED);
            answer(state, read.reader, read.id, read.index);
        }
        if (before - waiting.size() > 1) {
            state.probe.reached(Sometimes.READS_CONFIRMED_TOGETHER);
        }
    }

    /// When the oldest read has waited for as long as it may, or `Long.MAX_VALUE`.
    long nextDeadline() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.getFirst().deadline;
    }

    /// A leader may be answered by a majority and yet commit nothing in its term, if the disks of the others hang. Then
    /// its reads would keep their places until nobody else is let in, long after their readers have gone.
    void expire(State state) {
        while (nextDeadline() <= state.now) {
            Waiting read = waiting.removeFirst();
            state.probe.reached(Sometimes.READ_GIVEN_UP);
            answer(state, read.reader, read.id, ReadIndexReply.REFUSED);
        }
    }

    /// Leadership is gone: nothing can be confirmed any more.
    void refuseAll(State state) {
        for (Waiting read : waiting) {
            state.probe.reached(Sometimes.READ_REFUSED_WITH_LEADERSHIP);
            answer(state, read.reader, read.id, ReadIndexReply.REFUSED);
        }
        waiting.clear();
    }

    /// A reader that does not lead asks the leader it knows.
    static void forward(State state, int leader, long id) {
        if (leader == Follower.UNKNOWN || !state.hardState.isTermDurable()) {
            state.probe.reached(Sometimes.READ_WITHOUT_LEADER);
            state.effects.readFailed(id);
            return;
        }
        state.probe.reached(Sometimes.READ_FORWARDED);
        state.send(leader, new ReadIndexRequest(state.term(), id));
    }

    private static void startConfirming(State state, Leader leader, Waiting read) {
        read.index = state.commitIndex;
        // The next round has not begun, so every answer to it is younger than this read.
        read.round = leader.round() + 1;
        leader.broadcastSoon();
    }

    private static void answer(State state, int reader, long id, long index) {
        if (reader != state.config.self()) {
            state.send(reader, new ReadIndexReply(state.term(), id, index));
        } else {
            tell(state, id, index);
        }
    }

    /// A read of this node has its answer.
    static void tell(State state, long id, long index) {
        if (index == ReadIndexReply.REFUSED) {
            state.effects.readFailed(id);
        } else {
            state.effects.readReady(id, index);
        }
    }

    /// The youngest round that a majority has answered; the leader itself answers every round.
    private static long majorityRound(State state, Leader leader) {
        return state.membership().reachedByQuorum(voter ->
                voter == state.config.self() ? leader.round() : leader.follower(voter).answeredRound());
    }

    void describe(StateSink sink) {
        sink.add("waiting", waiting.size());
    }
}
