package holdfast.sim.work;

/// How the logical appends of a run ended. What was neither acknowledged nor left unknown was refused.
public final class Score {

    private long asked;
    private long acknowledged;
    private long unknown;

    void asked() {
        asked++;
    }

    void acknowledged() {
        acknowledged++;
    }

    void unknown() {
        unknown++;
    }

    public long appends() {
        return asked;
    }

    public long acknowledgedAppends() {
        return acknowledged;
    }

    public long unknownAppends() {
        return unknown;
    }
}
