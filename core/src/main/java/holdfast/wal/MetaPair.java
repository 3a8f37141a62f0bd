package holdfast.wal;

/// The two copies of term, vote and tail as a start finds them; null where there is none to be believed.
record MetaPair(MetaRecord first, MetaRecord second) {

    /// The one that counts, or null. Whatever was acted upon stands in both copies, or in one and a newer one.
    MetaRecord newest() {
        if (first == null || (second != null && second.seq() > first.seq())) {
            return second;
        }
        return first;
    }

    boolean isComplete() {
        return first != null && second != null;
    }

    /// Whether the rewriting of this start begins with the first copy. It begins with the one that can be spared: a
    /// broken one, else the newer one, which may be in the page cache only.
    boolean isFirstRewrittenFirst() {
        return first == null || (second != null && first.seq() >= second.seq());
    }

    /// Whether both are free of promises, as after a formatting that was not finished.
    boolean isBlank() {
        return isBlank(first) && isBlank(second);
    }

    private static boolean isBlank(MetaRecord copy) {
        return copy == null || copy.hardState().term() == 0;
    }
}
