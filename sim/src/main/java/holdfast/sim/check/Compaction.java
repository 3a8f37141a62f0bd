package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.raft.Member;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import holdfast.wal.Snapshot;
import java.util.Arrays;
import java.util.List;

/// What a snapshot covers is let go. In memory entries are kept for followers that lag a little: so many, and at most half the
/// bytes that bring about the next snapshot, or every further entry would. On the disk a segment is kept as long as it holds
/// something that the snapshot needs. More is kept only by a leader that brings a follower up, after a start, which reads what
/// is there, and by who was sent a snapshot, until its next own one.
public final class Compaction implements NodeOracle {

    private static final String NAME = "compaction";
    private static final String UNFINISHED = ".tmp";
    private static final long STARTING = -1;

    /// Which files the programs of a machine see.
    @FunctionalInterface
    public interface Files {
        List<String> of(int node);
    }

    private final long bytesMax;
    private final Files files;
    private final long[] covered;
    /// How far the follower that lags most was at the end of the last turn.
    private final long[] lowestMatch;
    private final boolean[] isTidy;
    /// How many of the next snapshots may not be its own: it takes another one's, and may be at one of its own.
    private final int[] foreign;

    /// @param snapshotEveryBytes bytes of the log that bring about a snapshot
    public Compaction(int nodes, long snapshotEveryBytes, Files files) {
        bytesMax = snapshotEveryBytes / 2;
        this.files = files;
        covered = new long[nodes + 1];
        Arrays.fill(covered, STARTING);
        lowestMatch = new long[nodes + 1];
        isTidy = new boolean[nodes + 1];
        foreign = new int[nodes + 1];
    }

    public void taking(int node, Message message) {
        if (message instanceof Message.InstallSnapshot) {
            foreign[node] = 2;
        }
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        Snapshot latest = replica.snapshots().latest();
        long before = covered[node];
        covered[node] = latest == null ? 0 : latest.last().index();
        long match = lowestMatch(replica.raft());
        if (before == STARTING) {
            mustHaveCleared(node);
        } else if (before != covered[node]) {
            isTidy[node] = foreign[node] == 0 && Math.min(match, lowestMatch[node]) >= covered[node];
            foreign[node] = Math.max(0, foreign[node] - 1);
            if (isTidy[node]) {
                mustHaveForgotten(node, replica.raft());
            }
        }
        lowestMatch[node] = match;
    }

    /// A start deletes what the process before it left under construction.
    private void mustHaveCleared(int node) {
        for (String name : files.of(node)) {
            if (name.endsWith(UNFINISHED)) {
                throw new Violation(NAME, "node " + node + " has started and left " + name + ", which nobody will ever finish");
            }
        }
    }

    private void mustHaveForgotten(int node, Raft raft) {
        long bytes = 0;
        for (long index = raft.base().index() + 1; index <= covered[node]; index++) {
            bytes += raft.entry(index).payload().size();
        }
        if (bytes > bytesMax) {
            throw new Violation(NAME, "node " + node + " keeps " + bytes + " bytes of entries " + (raft.base().index() + 1)
                    + " to " + covered[node] + ", which its snapshot covers, and " + bytesMax + " would do");
        }
    }

    /// Of a leader's followers; the largest number for a follower.
    private static long lowestMatch(Raft raft) {
        long lowest = Long.MAX_VALUE;
        if (raft.isLeader()) {
            for (Member member : raft.membership().members()) {
                if (member.id() != raft.self().id()) {
                    lowest = Math.min(lowest, raft.needsSnapshot(member.id()) ? 0 : raft.matchIndex(member.id()));
                }
            }
        }
        return lowest;
    }

    /// The snapshot after which nothing is left on the disk of the node but what it needs, or 0.
    public long tidyAfter(int node) {
        return isTidy[node] ? covered[node] : 0;
    }

    /// At rest: segments that nothing in the snapshot of [#tidyAfter] needs.
    public void mustNotKeep(int node, List<String> segments) {
        for (String name : segments) {
            if (files.of(node).contains(name)) {
                throw new Violation(NAME, "node " + node + " keeps " + name + ", and its snapshot of index " + covered[node]
                        + " needs nothing that is in it");
            }
        }
    }

    @Override
    public void processEnded(int node) {
        covered[node] = STARTING;
        isTidy[node] = false;
        foreign[node] = 0;
    }
}
