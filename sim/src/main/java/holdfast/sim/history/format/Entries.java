package holdfast.sim.history.format;

/// The events of a file, one after the other.
public interface Entries {

    /// The next event, or null at the end or at a damage.
    Entry next();

    /// What ended the reading before the end of the file, or null.
    Damage damage();

    /// What the file says about all of it, before the first event; an empty table if nothing.
    Datum.Table header();
}
