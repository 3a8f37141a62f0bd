package holdfast.server.ops;

import holdfast.Bytes;
import holdfast.server.NodePort.Role;
import holdfast.server.NodePort.Status;
import holdfast.server.http.Headers;
import holdfast.server.http.PlainProblem;
import holdfast.server.http.Request;
import holdfast.server.http.Response;

/// The operators' pages: `/healthz`, `/readyz`, `/metrics`, `/v1/status`, `/v1/voters/N/disk`, and, if the node was started
/// with test hooks, `/v1/test/...`.
public final class OpsHandler {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Observed observed;
    private final StatusPage status;
    private final MetricsPage metrics;
    private final VoterDisk disks;
    private final TestHooks hooks;

    public OpsHandler(Observed observed) {
        this.observed = observed;
        status = new StatusPage(observed);
        metrics = new MetricsPage(observed);
        disks = new VoterDisk(observed);
        hooks = observed.store().config().testHooks() ? new TestHooks(observed) : null;
    }

    /// Whether a path belongs here.
    public boolean isMountedAt(String path) {
        return switch (path) {
            case "/healthz", "/readyz", "/metrics", "/v1/status" -> true;
            default -> path.startsWith(VoterDisk.MOUNT) || hooks != null && path.startsWith(TestHooks.MOUNT);
        };
    }

    public Response handle(Request request) throws InterruptedException {
        if (request.path().startsWith(TestHooks.MOUNT)) {
            return hooks.handle(request);
        }
        if (request.path().startsWith(VoterDisk.MOUNT)) {
            return disks.handle(request);
        }
        if (!request.method().equals("GET") && !request.isHead()) {
            Response.Whole refusal = PlainProblem.notWritten(405, "this page is read with GET");
            refusal.headers().add("Allow", "GET, HEAD");
            return refusal;
        }
        return switch (request.path()) {
            case "/healthz" -> health();
            case "/readyz" -> readiness();
            case "/metrics" -> whole(200, PROMETHEUS, metrics.text());
            default -> whole(200, JSON, status.json());
        };
    }

    /// Alive: the loop runs and answers. A node without a leader is alive.
    private Response health() throws InterruptedException {
        return observed.view() == null
                ? text(503, "the node's loop does not answer\n")
                : text(200, "ok\n");
    }

    /// Ready: recovered, a leader is known, and what it last told to be committed is applied here. So what is asked here is
    /// answered at once.
    private Response readiness() throws InterruptedException {
        Status now = observed.status();
        if (now.role() == Role.RECOVERING) {
            return text(503, "recovering\n");
        }
        if (now.role() == Role.STOPPED) {
            return text(503, "stopped\n");
        }
        NodeView view = observed.view();
        if (view == null) {
            return text(503, "the node's loop does not answer\n");
        }
        String trouble = observed.trouble(view);
        return trouble.isEmpty() ? text(200, "ready\n") : text(503, trouble + "\n");
    }

    static Response json(String text) {
        return whole(200, JSON, text);
    }

    static Response text(int status, String text) {
        return whole(status, TEXT, text);
    }

    private static Response whole(int status, String type, String text) {
        return new Response.Whole(
                status, Headers.of("Content-Type", type, "Cache-Control", "no-store"), Bytes.utf8(text));
    }
}
