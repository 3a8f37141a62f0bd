package holdfast.raft;

import holdfast.Check;
import holdfast.StateSink;
import java.util.ArrayDeque;

/// Term and vote: what this node has decided and what its disk has confirmed. No message may carry a term
/// beyond [#durable], and no vote may be told before it is durable (Raft §5.2; thesis §3.8).
final class HardStateKeeper {

    private record Pending(long metaNumber, HardState state) {}

    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private HardState current;
    private HardState durable;
    private long lastMetaNumber;

    HardStateKeeper(HardState recovered) {
        current = recovered;
        durable = recovered;
    }

    HardState current() {
        return current;
    }

    long term() {
        return current.term();
    }

    boolean isTermDurable() {
        return durable.term() == current.term();
    }

    /// Term and vote are as decided on disk too.
    boolean isAllDurable() {
        return durable.equals(current);
    }

    void change(HardState next, RaftEffects effects) {
        Check.that(next.term() >= current.term(), "terms never go back", next.term(), current.term());
        Check.that(
                next.term() > current.term() || current.votedFor() == HardState.NOBODY,
                "one vote a term", next.term(), current.votedFor());
        current = next;
        pending.addLast(new Pending(++lastMetaNumber, next));
        effects.persist(lastMetaNumber, next);
    }

    void confirmed(long metaNumber) {
        while (!pending.isEmpty() && pending.getFirst().metaNumber() <= metaNumber) {
            durable = pending.removeFirst().state();
        }
    }

    void describe(StateSink sink) {
        sink.add("term", current.term()).add("votedFor", current.votedFor());
        sink.add("durableTerm", durable.term()).add("durableVotedFor", durable.votedFor());
    }
}
