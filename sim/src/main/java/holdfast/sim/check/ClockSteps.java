package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.raft.EntryType;
import holdfast.raft.LogEntry;
import holdfast.sim.world.World;
import holdfast.stream.CommandCodec;

/// The machine's clock is moved by the stamps of leaders, whose wall clocks may be wrong: in one term it goes ahead of the time
/// that has passed by a minute at most, or one wrong clock would end every stream that has a time to live.
public final class ClockSteps implements NodeOracle {

    private static final long STEP_MILLIS_MAX = 60_000;
    private static final long MICROS = 1_000;

    /// Clocks run fast by a twentieth at most.
    private static final int FAST = 20;
    private static final long ROUNDING_MILLIS = 10;

    private final World world;
    private final CommitLedger ledger;
    private long followed;
    private long term;
    private long clockMillis;
    /// By how much the machine's clock was ahead of the universe's when it was most, now and before the first entry of the term:
    /// a leader counts on from whatever it has seen, also if the clock has stood still since.
    private long ahead = Long.MIN_VALUE;
    private long aheadBefore = Long.MIN_VALUE;

    public ClockSteps(World world, CommitLedger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        while (followed < ledger.lastIndex()) {
            follow(ledger.entry(++followed));
        }
    }

    private void follow(LogEntry entry) {
        if (entry.term() > term) {
            term = entry.term();
            aheadBefore = ahead;
        }
        if (entry.type() == EntryType.COMMAND) {
            long now = world.queue().now() / MICROS;
            long stamp = CommandCodec.decode(entry.payload()).stamp().millis();
            // A machine that has never been told the time takes any.
            aheadBefore = clockMillis == 0 ? Math.max(aheadBefore, stamp - now) : aheadBefore;
            if (stamp > aheadBefore + now + now / FAST + STEP_MILLIS_MAX + ROUNDING_MILLIS) {
                throw new Violation("clock-steps", "entry " + entry.index() + " of term " + term + " moves the clock from "
                        + clockMillis + " to " + stamp + " ms at " + now + " ms, and before this term it was at most "
                        + aheadBefore + " ms ahead");
            }
            if (stamp > clockMillis) {
                clockMillis = stamp;
                ahead = Math.max(ahead, stamp - now);
            }
        }
    }

    @Override
    public void processEnded(int node) {}
}
