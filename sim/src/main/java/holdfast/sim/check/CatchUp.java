package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.sim.plan.Fault;
import holdfast.sim.plan.Knobs;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.Workload;
import holdfast.sim.world.World;

/// A node that is up and reachable catches up while clients write: it applies what its leader had committed when the two met,
/// within a bound that grows with what there is to send and not with what is written meanwhile.
///
/// Judged only while nothing is wrong: no fault of the plan acts, the network loses next to nothing, both disks have room, and
/// leader, term and both processes stay what they are. Whatever changes that begins a new span.
public final class CatchUp implements NodeOracle {

    private static final String NAME = "catch-up";

    /// What is lost has to be noticed first; with more loss than this the bound would say nothing.
    private static final int LOSS_PPM_MAX = 2_000;

    private static final long ELECTIONS_ALLOWED = 8;
    private static final long PIECE_MICROS = 4_000;
    private static final int EXTENT_BYTES = 16;
    private static final int ENTRY_OVERHEAD = 160;

    /// A time in which a follower could have caught up.
    private static final class Span {
        int leader;
        long term;
        long leaderBoots;
        long target;
        long since;
        long bound;
    }

    private final World world;
    private final Plan plan;
    private final Span[] spans;
    private final long[] boots;
    private final int entryBytes;
    private long disturbedUntil;

    public CatchUp(World world, Plan plan) {
        this.world = world;
        this.plan = plan;
        spans = new Span[world.nodes() + 1];
        boots = new long[world.nodes() + 1];
        Workload work = plan.workload();
        entryBytes = ENTRY_OVERHEAD + work.recordsMax() * work.recordBytesMax();
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        long now = world.queue().now();
        if (isDisturbed(now)) {
            spans[node] = null;
            return;
        }
        int leader = replica.raft().leader();
        Replica leading = leader == 0 || leader == node ? null : world.host(leader).replica();
        if (leading == null || !mustFollow(node, replica, leader, leading)) {
            spans[node] = null;
            return;
        }
        Span span = spans[node];
        if (span == null || span.leader != leader || span.term != leading.raft().term() || span.leaderBoots != boots[leader]
                || replica.appliedIndex() >= span.target) {
            spans[node] = begin(now, leader, replica, leading);
        } else if (now - span.since > span.bound) {
            throw new Violation(NAME, "node " + node + " has applied " + replica.appliedIndex() + " and not " + span.target
                    + ", which its leader " + leader + " had committed " + (now - span.since)
                    + " us ago; nothing was wrong meanwhile, and " + span.bound + " us would do");
        }
    }

    private boolean mustFollow(int node, Replica replica, int leader, Replica leading) {
        return leading.raft().isLeader()
                && leading.raft().term() == replica.raft().term()
                && leading.raft().membership().counts(replica.raft().self())
                && !leading.raft().forgetful().contains(node)
                && !world.condition(node).isExcused()
                && !world.condition(leader).isExcused()
                && !world.lasting().strikes(node)
                && !world.lasting().strikes(leader)
                && !world.condition(node).isRotten()
                && !world.condition(leader).isRotten()
                && hasRoom(replica)
                && hasRoom(leading);
    }

    /// A node whose disk is full waits for room, and seldom looks whether there is some.
    static boolean hasRoom(Replica replica) {
        return !replica.wal().lacksRoom() && !replica.snapshots().lacksRoom();
    }

    private Span begin(long now, int leader, Replica replica, Replica leading) {
        Span span = new Span();
        span.leader = leader;
        span.term = leading.raft().term();
        span.leaderBoots = boots[leader];
        span.target = leading.raft().commitIndex();
        span.since = now;
        span.bound = bound(span.target - replica.appliedIndex(), leading);
        return span;
    }

    /// Room for the whole snapshot piece by piece, then for the rest of the log message by message.
    private long bound(long behind, Replica leading) {
        Knobs knobs = plan.cluster().knobs();
        long image = leading.snapshots().latest() == null ? 0 : leading.snapshots().latest().image().size();
        long imagePieces = image / knobs.snapshotPieceBytes() + 1;
        long entryPieces = image / EXTENT_BYTES / Math.max(1, knobs.snapshotPieceBytes() / entryBytes) + 1;
        int perMessage = Math.max(1, Math.min(knobs.entriesPerMessageMax(), knobs.messageBytesMax() / entryBytes));
        long messages = behind / perMessage + 1;
        long pieceMicros = PIECE_MICROS + 8 * plan.cluster().noise().delayMicros() + 8 * plan.cluster().turnMicros();
        return ELECTIONS_ALLOWED * knobs.electionTimeoutMicros() + (imagePieces + entryPieces + messages) * pieceMicros;
    }

    // ---- what is wrong -------------------------------------------------------------------------------------

    private boolean isDisturbed(long now) {
        boolean isNoisy = plan.cluster().noise().lossPpm() > LOSS_PPM_MAX && !world.isCalm();
        return isNoisy || now < disturbedUntil;
    }

    /// A fault strikes now.
    public void struck(Fault fault) {
        long until = Math.min(plan.calmMicros(), world.queue().now() + lasts(fault));
        disturbedUntil = Math.max(disturbedUntil, until);
    }

    /// How long the world stays wrong. Who dies or loses its disk begins a new span by itself.
    private static long lasts(Fault fault) {
        return switch (fault) {
            case Fault.Pause f -> f.micros();
            case Fault.SlowProcess f -> f.micros();
            case Fault.Partition f -> f.micros();
            case Fault.CutPair f -> f.micros();
            case Fault.Clog f -> f.micros();
            case Fault.Swizzle f -> 2L * f.nodes().size() * f.stepMicros();
            case Fault.SlowDisk f -> f.micros();
            case Fault.StallDisk f -> f.micros();
            case Fault.Crash _, Fault.PowerCut _, Fault.CrashAt _, Fault.PowerCutAt _, Fault.ClockJump _, Fault.ArmDisk _,
                    Fault.WriteBack _, Fault.DropCaches _, Fault.FillDisk _, Fault.Rot _, Fault.LoseDisk _, Fault.Unmount _,
                    Fault.SwapDisks _, Fault.Transfer _, Fault.Lasting _ -> 0;
        };
    }

    @Override
    public void processEnded(int node) {
        spans[node] = null;
        boots[node]++;
    }
}
