package holdfast.sim.run;

import java.util.List;

/// How one universe ended. `failure` is empty when every oracle held; otherwise `oracle` names the first one
/// that did not and `failure` says what it saw, in one line.
///
/// @param events number of events that ran
/// @param simulatedMicros virtual time that passed
/// @param traceHash rolling hash over every event; equal hashes mean equal runs
/// @param reached how often each [holdfast.Sometimes] point was reached, by ordinal
/// @param strikes whom faults have struck while it did what
/// @param appends logical appends asked for by clients
/// @param acknowledged logical appends acknowledged
/// @param unknown logical appends whose outcome stayed unknown to the client
public record Verdict(
        long seed,
        String oracle,
        String failure,
        long events,
        long simulatedMicros,
        long traceHash,
        List<Long> reached,
        FaultMatrix strikes,
        long appends,
        long acknowledged,
        long unknown) {

    public boolean passed() {
        return failure.isEmpty();
    }
}
