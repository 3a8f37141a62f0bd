package holdfast.server.http;

/// Answers requests. Called on the connection's own thread, which may block.
@FunctionalInterface
public interface HttpHandler {

    Response handle(Request request) throws InterruptedException;
}
