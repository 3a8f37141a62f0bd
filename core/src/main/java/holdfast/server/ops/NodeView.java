package holdfast.server.ops;

import holdfast.node.Node;
import holdfast.node.Replica;
import holdfast.raft.Member;
import holdfast.raft.Raft;
import holdfast.raft.Sender;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Indexes of a node, all of one moment: taken inside the loop.
///
/// @param durableIndex what this node's own disk has confirmed
/// @param members every voter and its disk, in force now; empty while recovering
/// @param trouble why nothing can be answered here, in one sentence, or empty
/// @param toldIndex what leaders have told to be committed, or 0
/// @param isDiskFull there is no room for the next file
/// @param rotCount how often damage was met and survived since the start; `rot` has the latest in words
/// @param matchIndexes if it leads, what it knows to be durable at each follower
record NodeView(
        boolean recovering,
        long commitIndex,
        long appliedIndex,
        long durableIndex,
        long lastIndex,
        long baseIndex,
        long logBytes,
        List<Member> members,
        String trouble,
        long toldIndex,
        boolean isDiskFull,
        long rotCount,
        List<String> rot,
        Map<Integer, Long> matchIndexes) {

    static NodeView of(Node node) {
        Replica replica = node.replica();
        if (replica == null) {
            return new NodeView(true, 0, 0, 0, 0, 0, 0, List.of(), "recovering", 0, false, 0, List.of(), Map.of());
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
                raft.base().index(), raft.logBytes(), raft.membership().members(), troubleOf(raft),
                replica.toldIndex(), replica.wal().lacksRoom() || replica.snapshots().lacksRoom(),
                replica.rot().count(), replica.rot().latest(), matches);
    }

    private static String troubleOf(Raft raft) {
        Sender self = raft.self();
        Member member = raft.membership().member(self.id());
        if (member.isBound() && !member.isOn(self.disk())) {
            return "voter " + self.id() + " is on disk " + member.disk() + " and this is disk " + self.disk()
                    + ": see docs/operate/replace-a-disk.md";
        }
        if (!member.isBound()) {
            return "no leader has bound this disk to voter " + self.id() + " yet: that happens by itself while a store is"
                    + " formed; in place of a lost disk it waits for './holdfast replace-disk " + self.id() + "'";
        }
        if (raft.membership().isForming()) {
            return "the store is being formed: its founder has not heard a majority of the voters yet";
        }
        return raft.leader() == 0 ? "no leader is known" + neverHeard(raft) : "";
    }

    /// A voter whose disk was never bound counts as lost: what looks like a majority of running nodes may be none.
    private static String neverHeard(Raft raft) {
        String ids = raft.membership().members().stream()
                .filter(member -> !member.isBound())
                .map(member -> String.valueOf(member.id()))
                .collect(Collectors.joining(", "));
        return ids.isEmpty() ? "" : "; a voter without a disk has no vote: " + ids;
    }
}
