package holdfast.server.http;

import java.io.IOException;

/// Answers requests. Called on the connection's own thread, which may block.
@FunctionalInterface
public interface HttpHandler {

    /// A handler that waits for long looks after its `client` meanwhile, and gives up with an [IOException] when that has
    /// left.
    Response handle(Request request, Client client) throws IOException, InterruptedException;
}
