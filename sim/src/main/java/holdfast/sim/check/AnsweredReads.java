package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.raft.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A leader answers every question for a read index, if only by a refusal: what it keeps for ever takes a place that it
/// will not have for others. The bound is six election timeouts, longer than any reader waits.
public final class AnsweredReads implements NodeOracle {

    private static final int TIMEOUTS_ALLOWED = 6;

    private record Question(int reader, long id) implements Comparable<Question> {
        @Override
        public int compareTo(Question other) {
            return reader != other.reader ? Integer.compare(reader, other.reader) : Long.compare(id, other.id);
        }
    }

    /// By node: the questions that it has taken as a leader, and when.
    private final List<TreeMap<Question, Long>> open = new ArrayList<>();
    private final long[] stoodUntil;
    private final long boundMicros;
    private long now;

    public AnsweredReads(int nodes, long electionTimeoutMicros) {
        for (int node = 0; node <= nodes; node++) {
            open.add(new TreeMap<>());
        }
        stoodUntil = new long[nodes + 1];
        boundMicros = TIMEOUTS_ALLOWED * electionTimeoutMicros;
    }

    public void timeIs(long micros) {
        now = micros;
    }

    /// The process of `node` stands, or stood, still until this time.
    public void standsStill(int node, long untilMicros) {
        stoodUntil[node] = Math.max(stoodUntil[node], untilMicros);
    }

    /// Node `node` is about to act upon a question of `reader`.
    public void taking(int node, int reader, Message.ReadIndexRequest request, Replica replica) {
        if (replica.raft().isLeader() && replica.raft().term() == request.term()) {
            open.get(node).put(new Question(reader, request.id()), now);
        }
    }

    public void answered(int node, int reader, Message.ReadIndexReply reply) {
        open.get(node).remove(new Question(reader, reply.id()));
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        if (!replica.raft().isLeader()) {
            // It refuses them all as it leaves; what it says before its new term is durable is lost.
            open.get(node).clear();
        }
        for (Map.Entry<Question, Long> taken : open.get(node).entrySet()) {
            long micros = now - Math.max(taken.getValue(), stoodUntil[node]);
            if (micros > boundMicros) {
                throw new Violation("answered-reads", "node " + node + " has not answered read " + taken.getKey().id()
                        + " of node " + taken.getKey().reader() + " for " + micros + " us");
            }
        }
    }

    @Override
    public void processEnded(int node) {
        open.get(node).clear();
    }
}
