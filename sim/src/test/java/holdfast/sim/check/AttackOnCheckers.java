package holdfast.sim.check;

import holdfast.sim.check.general.ObjectTrial;
import holdfast.sim.check.stream.trial.Trial;

/// One random trial, as whoever loads this class sees the checkers.
public final class AttackOnCheckers {

    private AttackOnCheckers() {}

    /// Whether the two judges of streams agree on the history with this number.
    public static boolean onStreams(long number) {
        return Trial.number(number, 14).agreed();
    }

    /// Whether all judges of objects agree on the history with this number.
    public static boolean onObjects(long number) {
        return ObjectTrial.disagreement(number).isEmpty();
    }
}
