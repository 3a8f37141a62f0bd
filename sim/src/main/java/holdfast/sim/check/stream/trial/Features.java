package holdfast.sim.check.stream.trial;

/// Which parts of the contract a random history touches. Few at a time: mixed, the rare ones drown.
///
/// @param clients how many
/// @param operations how many at most
/// @param batches whether appends have several records
/// @param conditional whether appends expect a tail
/// @param producers whether appends are numbered, and retried
/// @param rivals whether clients share producers and want to create the same stream
/// @param close whether anybody closes the stream
/// @param timeouts percent of calls whose outcome stays unknown
/// @param local whether reads name a weaker level
/// @param deletes whether the stream is deleted and created again
/// @param repeats whether contents repeat
/// @param read whether everything is read at the end
record Features(
        int clients,
        int operations,
        boolean batches,
        boolean conditional,
        boolean producers,
        boolean rivals,
        boolean close,
        int timeouts,
        boolean local,
        boolean deletes,
        boolean repeats,
        boolean read) {

    static Features roll(Dice dice, int operationsMax) {
        return new Features(
                1 + dice.below(4),
                2 + dice.below(operationsMax - 1),
                dice.percent(50),
                dice.percent(40),
                dice.percent(45),
                dice.percent(30),
                dice.percent(40),
                dice.percent(60) ? 10 + dice.below(40) : 0,
                dice.percent(30),
                dice.percent(10),
                dice.percent(6),
                dice.percent(40));
    }
}
