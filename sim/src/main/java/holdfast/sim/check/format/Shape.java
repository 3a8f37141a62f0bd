package holdfast.sim.check.format;

import holdfast.sim.check.general.Outcome;
import holdfast.sim.history.format.Entry;

/// The words of one object: what its events mean to its spec. What cannot be understood is complained about, and then
/// anything may be returned.
interface Shape<I, O> {

    /// What an invocation asks for.
    I input(Entry invoked, Complaints complaints);

    /// What an `ok` tells, or a `fail` that observed something. [Outcome.Failed] where it tells nothing and nothing
    /// was done, as a read without a value.
    Outcome<O> outcome(Entry invoked, Entry completed, Complaints complaints);

    /// Whether a `fail` observed something.
    default boolean observes(Entry failed) {
        return false;
    }
}
