package holdfast;

/// How soon a campaign owes a [Sometimes] point: it fails if it has run so many universes and the point was never reached,
/// because then it has not tested what it claims to test. Each level leaves room for nine times as many universes as one that
/// meets the point takes on average; so a sound campaign fails once in eight thousand times for a point of the rarest kind.
public enum Owed {
    /// Clients bring it about where nothing fails, even on a node that is alone: every campaign owes it.
    BY_ITSELF(50),
    /// One of five universes with all faults meets it.
    SOON(50),
    /// One of fifty.
    USUALLY(500),
    /// One of five hundred.
    AT_LAST(5_000),
    /// No campaign may count on it; each such point says why.
    NEVER(Long.MAX_VALUE);

    private final long universes;

    Owed(long universes) {
        this.universes = universes;
    }

    /// @param universes of the campaign
    /// @param isUsual whether they have all faults, and the seeds draw the rest: only then is the rate known
    public boolean isOwedBy(long universes, boolean isUsual) {
        return universes >= this.universes && (isUsual || this == BY_ITSELF);
    }
}
