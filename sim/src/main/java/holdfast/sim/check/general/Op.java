package holdfast.sim.check.general;

/// One operation of one client.
///
/// @param number place in the history, from 0, in order of call
/// @param called event number of the call
/// @param returned event number of the return, [#NEVER] if there was none; for [Outcome.Ok] only it limits when
///     the operation took effect
public record Op<I, O>(int number, int client, I input, Outcome<O> outcome, int called, int returned) {

    public static final int NEVER = Integer.MAX_VALUE;
}
