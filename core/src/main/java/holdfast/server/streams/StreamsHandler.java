package holdfast.server.streams;

import holdfast.Bytes;
import holdfast.server.NodePort;
import holdfast.server.http.Client;
import holdfast.server.http.HttpHandler;
import holdfast.server.http.Request;
import holdfast.server.http.Response;
import java.io.IOException;
import java.util.random.RandomGenerator;

/// Everything under `/v1/stream/`: which path, which method.
public final class StreamsHandler implements HttpHandler {

    /// What a stream takes.
    public static final String METHODS = StreamHeaders.METHODS;

    private final CreateRoute create;
    private final AppendRoute append;
    private final DeleteRoute delete;
    private final ReadRoute read;

    /// @param random jitter for cursors
    public StreamsHandler(NodePort port, StreamsConfig config, RandomGenerator random) {
        Writes writes = new Writes(port, config);
        StreamReads reads = new StreamReads(port, new Lives(port, writes, config.holdMillis()), config);
        create = new CreateRoute(writes, new ForkResolver(reads), config);
        append = new AppendRoute(writes, reads, config);
        delete = new DeleteRoute(writes, config);
        read = new ReadRoute(port, reads, config, random);
    }

    /// Whether a path belongs here.
    public static boolean isMountedAt(String path) {
        return path.startsWith(StreamName.MOUNT);
    }

    @Override
    public Response handle(Request request, Client client) throws IOException, InterruptedException {
        return switch (StreamName.of(request.path())) {
            case StreamName.Of of -> route(request, of.name(), client);
            case StreamName.None _ -> Problem.of(404, "no-stream-named", "a stream's path is "
                    + StreamName.MOUNT + " and a name");
            case StreamName.Malformed _ -> Problem.of(400, "bad-path", "a stream's name is percent-encoded UTF-8");
            case StreamName.Reserved _ ->
                    Problem.of(501, "reserved", "paths below " + StreamName.RESERVED + " are reserved for subscriptions");
        };
    }

    private Response route(Request request, String name, Client client) throws IOException, InterruptedException {
        String repeated = StreamHeaders.repeated(request.headers());
        if (repeated != null) {
            return Problem.notWritten(400, "repeated-header", repeated + " stands in the request twice; it has one value");
        }
        Response refusal = switch (request.method()) {
            case "PUT", "POST", "DELETE" -> Conditions.refusalOfWrite(request.method(), request.headers());
            default -> null;
        };
        if (refusal != null) {
            return refusal;
        }
        return switch (request.method()) {
            case "PUT" -> create.handle(request, name);
            case "POST" -> append.handle(request, name);
            case "DELETE" -> delete.handle(name);
            case "GET" -> read.get(request, name, client);
            case "HEAD" -> read.head(request, name);
            case "OPTIONS" -> new Response.Whole(204, StreamHeaders.preflight(), Bytes.EMPTY);
            case "CONNECT", "PATCH", "TRACE" -> Problem.notWritten(
                    405, "bad-method", "a stream takes " + METHODS, StreamHeaders.preflight());
            default -> Problem.notWritten(
                    501, "unknown-method", "this server knows " + METHODS, StreamHeaders.preflight());
        };
    }
}
