package holdfast.env;

/// Time, from outside. The core never calls this; the driver reads it and passes the number in.
public interface Clock {

    /// Microseconds that never go back while the process lives; the origin means nothing.
    long monotonicMicros();

    /// Milliseconds since 1970-01-01T00:00Z; may jump both ways. Only stamps, never timeouts.
    long wallMillis();
}
