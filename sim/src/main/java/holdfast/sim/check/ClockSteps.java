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
    private long movedMicros;
    /// What the machine's clock showed before the first entry of the term, and when the entry that moved it there was committed.
    private long clockBefore;
    private long microsBefore;

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
            clockBefore = clockMillis;
            microsBefore = movedMicros;
        }
        if (entry.type() == EntryType.COMMAND) {
            long stamp = CommandCodec.decode(entry.payload()).stamp().millis();
            // A machine that has never been told the time takes any.
            clockBefore = clockMillis == 0 ? stamp : clockBefore;
            long passed = (world.queue().now() - microsBefore) / MICROS;
            if (stamp - clockBefore > STEP_MILLIS_MAX + passed + passed / FAST + ROUNDING_MILLIS) {
                throw new Violation("clock-steps", "entry " + entry.index() + " of term " + term + " moves the clock from "
                        + clockBefore + " to " + stamp + " ms, and " + passed + " ms have passed");
            }
            if (stamp > clockMillis) {
                clockMillis = stamp;
                movedMicros = world.queue().now();
            }
        }
    }

    @Override
    public void processEnded(int node) {}
}
