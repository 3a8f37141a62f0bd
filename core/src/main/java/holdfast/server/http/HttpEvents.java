package holdfast.server.http;

import java.io.IOException;

/// What a server tells about its connections, for counters and logs.
public interface HttpEvents {

    HttpEvents NONE = new HttpEvents() {};

    /// A request was answered.
    default void served() {}

    /// Bytes came that are no acceptable request.
    default void refused() {}

    /// One connection too many was turned away.
    default void turnedAway() {}

    /// A connection ended in the middle of something.
    default void broken(IOException why) {}

    /// Something was thrown that nobody expected: a bug, or the memory is used up. `doing` says at what.
    default void failed(String doing, Throwable bug) {}
}
