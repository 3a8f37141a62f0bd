package holdfast.sim.world;

import holdfast.env.DiskOp;
import holdfast.node.Replica;
import holdfast.raft.Raft;
import holdfast.sim.disk.FileRole;

/// What a node is doing, as a fault that strikes it finds it: the columns of a campaign's table of faults and states. Each
/// node does one of these at any moment, the first of them that is true. The sentences stand in `docs/faults.md` as well.
public enum Doing {
    DOWN("down", "no process runs: it has crashed, has no power, has stopped for its disk, or refuses its store"),
    RECOVERING("boot", "the process reads its store and writes its new tail, and has not joined the others yet"),
    VOTING("vote", "it asks for pre-votes or votes, or writes its own vote before it asks"),
    INSTALLING("inst", "it takes a snapshot from a leader: pieces arrive, or what has arrived is saved, or its log begins anew"),
    SAVING("save", "it writes a snapshot of its own machine, or waits until it may be named"),
    ROLLING("roll", "its disk is at work on the next segment: zeros, their sync, or the name"),
    SENDING("send", "it leads, and a follower needs a snapshot of it"),
    LEADING_TAIL("tail", "it leads, and has entries that are not committed"),
    LEADING("lead", "it leads, and all that it has is committed"),
    ALONE("lone", "it follows nobody: no leader of its term is known to it"),
    FOLLOWING_TAIL("sync", "it follows a leader, and has entries that are not durable"),
    FOLLOWING("idle", "it follows a leader, and all that it has is durable");

    private final String text;
    private final String sentence;

    Doing(String text, String sentence) {
        this.text = text;
        this.sentence = sentence;
    }

    /// The head of the column: four letters.
    public String text() {
        return text;
    }

    public String sentence() {
        return sentence;
    }

    /// What the process of this machine is doing now.
    public static Doing of(Host host) {
        Replica replica = host.replica();
        if (replica == null) {
            return host.isUp() ? RECOVERING : DOWN;
        }
        Raft raft = replica.raft();
        if (raft.isCandidate()) {
            return VOTING;
        }
        if (replica.isTakingSnapshot()) {
            return INSTALLING;
        }
        if (replica.snapshots().isSaving()) {
            return SAVING;
        }
        if (preparesSegment(host.disk().underService())) {
            return ROLLING;
        }
        return raft.isLeader() ? leading(raft) : following(raft);
    }

    private static Doing leading(Raft raft) {
        if (raft.membership().voters().stream().anyMatch(voter -> voter != raft.leader() && raft.needsSnapshot(voter))) {
            return SENDING;
        }
        return raft.last().index() > raft.commitIndex() ? LEADING_TAIL : LEADING;
    }

    private static Doing following(Raft raft) {
        if (raft.leader() == 0) {
            return ALONE;
        }
        return raft.last().index() > raft.durableIndex() ? FOLLOWING_TAIL : FOLLOWING;
    }

    /// @param op what the disk is doing, or null
    private static boolean preparesSegment(DiskOp op) {
        return switch (op) {
            case DiskOp.ZeroFill fill -> isNextSegment(fill.file());
            case DiskOp.Sync sync -> isNextSegment(sync.file());
            case DiskOp.Rename rename -> isNextSegment(rename.from());
            case DiskOp.List _, DiskOp.Read _, DiskOp.Write _, DiskOp.Delete _, DiskOp.SyncDirectory _ -> false;
            case null -> false;
        };
    }

    private static boolean isNextSegment(String file) {
        return FileRole.WAL.matches(file) && FileRole.UNFINISHED.matches(file);
    }
}
