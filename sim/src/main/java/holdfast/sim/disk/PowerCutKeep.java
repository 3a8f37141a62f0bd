package holdfast.sim.disk;

/// What of the unconfirmed survives a power cut. The text is the name in plan files.
public enum PowerCutKeep {
    /// Any subset, drawn from the seed.
    ANY("any"),
    /// Nothing: the worst that POSIX allows.
    NONE("none"),
    /// Everything that had not failed before, as after an orderly shutdown.
    ALL("all");

    private final String text;

    PowerCutKeep(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /// The constant of that text, or null.
    public static PowerCutKeep of(String text) {
        for (PowerCutKeep keep : values()) {
            if (keep.text.equals(text)) {
                return keep;
            }
        }
        return null;
    }
}
