package holdfast.sim.check;

import holdfast.Digest;
import holdfast.node.Replica;
import holdfast.raft.Member;
import holdfast.raft.Message;
import holdfast.sim.world.World;
import java.util.TreeMap;

/// Whoever leads a term was told the votes of a majority in that very term (Raft §5.2), by voters on the drives that the
/// leader's log names; a drive that took the place of a lost one counts only if it knew that when it voted. While fewer
/// than a majority are named, the founder leads by itself.
///
/// Two leaders of one term are found by [ElectionSafety]; one that had no right to lead is found here, whether or not there
/// is a second one.
public final class ElectedByMajority implements NodeOracle {

    /// @param since of the voter's drive, by the voter's own log
    private record Vote(Digest disk, long since) {}

    private final World world;
    /// By term, then by candidate, then by voter.
    private final TreeMap<Long, TreeMap<Integer, TreeMap<Integer, Vote>>> votes = new TreeMap<>();
    private final long[] checkedTerm;

    public ElectedByMajority(World world) {
        this.world = world;
        checkedTerm = new long[world.nodes() + 1];
    }

    public void sent(int from, int to, Message message, Replica replica) {
        if (message instanceof Message.VoteReply reply && reply.granted()) {
            Digest disk = world.host(from).drive().store().diskUuid();
            Member self = replica.raft().membership().member(from);
            votes.computeIfAbsent(reply.term(), _ -> new TreeMap<>())
                    .computeIfAbsent(to, _ -> new TreeMap<>())
                    .put(from, new Vote(disk, self.disk().equals(disk) ? self.since() : 0));
        }
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        long term = replica.raft().term();
        if (!replica.raft().isLeader() || checkedTerm[node] == term) {
            return;
        }
        checkedTerm[node] = term;
        TreeMap<Integer, Vote> told = votes.getOrDefault(term, new TreeMap<>()).getOrDefault(node, new TreeMap<>());
        int named = 0;
        int others = 0;
        for (Member member : replica.raft().membership().members()) {
            Vote vote = told.get(member.id());
            named += member.disk().equals(Digest.ZERO) ? 0 : 1;
            others += vote != null && vote.disk().equals(member.disk()) && vote.since() >= member.since() ? 1 : 0;
        }
        int majority = world.nodes() / 2 + 1;
        boolean isFounding = named < majority && !replica.raft().membership().member(node).disk().equals(Digest.ZERO);
        if (others + 1 < majority && !isFounding) {
            throw new Violation("elected-by-majority", "node " + node + " leads term " + term + ", but besides itself only "
                    + others + " nodes have told it a vote that counts");
        }
    }

    @Override
    public void processEnded(int node) {
        checkedTerm[node] = 0;
    }
}
