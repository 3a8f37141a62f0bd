package holdfast.server.ops;

import holdfast.node.Node;
import holdfast.node.Replica;
import holdfast.raft.Raft;
import java.util.Map;
import java.util.TreeMap;

/// Indexes of a node, all of one moment: taken inside the loop.
///
/// @param durableIndex what this node's own disk has confirmed
/// @param matchIndexes if it leads, what it knows to be durable at each follower
record NodeView(
        boolean recovering,
        long commitIndex,
        long appliedIndex,
        long durableIndex,
        long lastIndex,
        long baseIndex,
        long logBytes,
        Map<Integer, Long> matchIndexes) {

    static NodeView of(Node node) {
        Replica replica = node.replica();
        if (replica == null) {
            return new NodeView(true, 0, 0, 0, 0, 0, 0, Map.of());
        }
        Raft raft = replica.raft();
        TreeMap<Integer, Long> matches = new TreeMap<>();
        if (raft.isLeader()) {
            for (int voter : raft.membership().voters()) {
                if (voter != raft.leader()) {
                    matches.put(voter, raft.matchIndex(voter));
                }
            }
        }
        return new NodeView(
                false, raft.commitIndex(), replica.appliedIndex(), raft.durableIndex(), raft.last().index(),
                raft.base().index(), raft.logBytes(), matches);
    }
}
