package holdfast.server.run;

import holdfast.server.http.Client;
import holdfast.server.http.Headers;
import holdfast.server.http.HttpHandler;
import holdfast.server.http.PlainProblem;
import holdfast.server.http.Request;
import holdfast.server.http.Response;
import holdfast.server.ops.OpsHandler;
import holdfast.server.streams.StreamsHandler;
import java.io.IOException;

/// Which path belongs to whom. Until [#open] everything is answered 503: the port is taken before the node exists,
/// because others are told its number.
final class HttpFront implements HttpHandler {

    private record Doors(StreamsHandler streams, OpsHandler ops) {}

    private volatile Doors doors;

    void open(StreamsHandler streams, OpsHandler ops) {
        doors = new Doors(streams, ops);
    }

    /// What operators ask, and nothing else.
    Response handleOps(Request request) throws InterruptedException {
        Doors open = doors;
        if (open == null) {
            return PlainProblem.notWritten(503, "the node is starting");
        }
        return open.ops().isMountedAt(request.path())
                ? open.ops().handle(request)
                : PlainProblem.notWritten(404, "this port is for operators; streams are served at --http");
    }

    @Override
    public Response handle(Request request, Client client) throws IOException, InterruptedException {
        Doors open = doors;
        if (open == null) {
            return PlainProblem.notWritten(503, "the node is starting");
        }
        String path = request.path();
        if (request.isForServer()) {
            return Response.of(204, Headers.of("Allow", StreamsHandler.METHODS));
        }
        if (StreamsHandler.isMountedAt(path)) {
            return open.streams().handle(request, client);
        }
        if (open.ops().isMountedAt(path)) {
            return open.ops().handle(request);
        }
        return PlainProblem.notWritten(404, "there is nothing here; streams are under /v1/stream/, see also /v1/status");
    }
}
