package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.sim.world.World;

/// After the calm a cluster settles: if a majority of healthy voters runs, one of them leads within ten election timeouts, and
/// once somebody leads and nothing happens to any machine, terms stand still. Drives that have to be replaced, and machines that
/// are left wrong, are nobody's fault.
public final class Settled implements NodeOracle {

    private static final int ELECTIONS_ALLOWED = 10;

    private final World world;
    private final long patienceMicros;
    /// Since when a majority could have had a leader and had none.
    private long leaderlessSince = Long.MAX_VALUE;
    /// Since when nothing has happened, and the highest term then; 0 until that has lasted long enough.
    private long quietSince = Long.MAX_VALUE;
    private long settledTerm;
    private int running;

    public Settled(World world, long electionMicros) {
        this.world = world;
        patienceMicros = ELECTIONS_ALLOWED * electionMicros;
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        long now = world.queue().now();
        if (!world.isCalm()) {
            return;
        }
        boolean isLed = isLed();
        if (isLed || !couldBeLed()) {
            leaderlessSince = Long.MAX_VALUE;
        } else if (leaderlessSince == Long.MAX_VALUE) {
            leaderlessSince = now;
        } else if (now - leaderlessSince > patienceMicros) {
            throw new Violation("failover", "nobody has led for " + (now - leaderlessSince) + " us, though a majority runs and "
                    + "nothing is wrong with it; " + patienceMicros + " us would do");
        }
        mustStandStill(now, isLed && !world.lasting().isUnderWay());
    }

    private void mustStandStill(long now, boolean isQuiet) {
        int runningNow = running();
        if (!isQuiet || runningNow != running) {
            running = runningNow;
            quietSince = Long.MAX_VALUE;
            settledTerm = 0;
            return;
        }
        quietSince = Math.min(quietSince, now);
        if (now - quietSince <= patienceMicros) {
            return;
        }
        if (settledTerm == 0) {
            settledTerm = highestTerm();
        } else if (highestTerm() > settledTerm) {
            throw new Violation("steady-terms", "term " + highestTerm() + " has begun in a cluster that had a leader of term "
                    + settledTerm + " and to which nothing has happened for " + (now - quietSince) + " us");
        }
    }

    /// Also by somebody who is of no use any more: that it goes is for other judges ([HungDisk], [LeaderContact]).
    private boolean isLed() {
        return world.leader() != 0;
    }

    private boolean couldBeLed() {
        int fit = 0;
        for (int node = 1; node <= world.nodes(); node++) {
            Replica replica = world.host(node).replica();
            boolean isFit = replica != null && CatchUp.hasRoom(replica) && !world.lasting().hampers(node)
                    && !world.condition(node).isBeyondRepair() && !world.isMisplaced(node);
            fit += isFit ? 1 : 0;
        }
        return fit > world.nodes() / 2;
    }

    private int running() {
        int running = 0;
        for (int node = 1; node <= world.nodes(); node++) {
            running += world.host(node).replica() == null ? 0 : 1;
        }
        return running;
    }

    private long highestTerm() {
        long highest = 0;
        for (int node = 1; node <= world.nodes(); node++) {
            Replica replica = world.host(node).replica();
            highest = Math.max(highest, replica == null ? 0 : replica.raft().term());
        }
        return highest;
    }

    /// A process that has ended runs no more, and that is something that happens.
    @Override
    public void processEnded(int node) {}
}
