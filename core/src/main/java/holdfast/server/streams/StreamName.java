package holdfast.server.streams;

/// A stream's name out of a path: what follows `/v1/stream/`, decoded.
sealed interface StreamName {

    String MOUNT = "/v1/stream/";

    /// The first segment that names no stream: subscriptions would live there.
    String RESERVED = "__ds";

    record Of(String name) implements StreamName {}

    /// Not a path of streams, or one without a name.
    record None() implements StreamName {}

    /// A path below the reserved segment.
    record Reserved() implements StreamName {}

    /// The percent-encoding is not one of UTF-8.
    record Malformed() implements StreamName {}

    static StreamName of(String path) {
        if (!path.startsWith(MOUNT) || path.length() == MOUNT.length()) {
            return new None();
        }
        String name = Percent.decode(path.substring(MOUNT.length()));
        if (name == null) {
            return new Malformed();
        }
        return name.equals(RESERVED) || name.startsWith(RESERVED + "/") ? new Reserved() : new Of(name);
    }
}
