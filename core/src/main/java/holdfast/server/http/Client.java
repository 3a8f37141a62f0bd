package holdfast.server.http;

import java.io.IOException;

/// Who waits for an answer, as a handler that takes its time sees it.
@FunctionalInterface
public interface Client {

    /// One that never leaves.
    Client PATIENT = () -> true;

    /// Whether it is still there, as far as that can be seen without writing. Cheap, and never waits.
    boolean isThere() throws IOException;
}
