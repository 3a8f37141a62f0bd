package holdfast.server.http;

import java.util.List;

/// What pages of other origins may do here, and what browsers are told about it (the Fetch standard, "CORS protocol").
/// Without a list, nothing: any page that somebody looks at could otherwise read and write a store on their own machine or
/// network.
///
/// A browser sends some writes without asking first, so a write in the name of an origin that is not listed is refused and
/// not only hidden from the page. Whatever is not sent by a page has no Origin header and is none of this. The test hooks
/// are closed to all pages.
public final class Cors {

    /// No origin but the pages' own, of which there are none.
    public static final Cors NONE = new Cors(List.of());

    /// The word for all origins.
    public static final String ANY = "*";

    private static final String TEST_HOOKS = "/v1/test/";
    private static final String ORIGIN = "Origin";

    private final List<String> origins;

    /// @param origins as browsers send them (`https://app.example`), or [#ANY]
    public Cors(List<String> origins) {
        this.origins = List.copyOf(origins);
    }

    /// The answer to a request that a page must not make, or null.
    Response refusal(Request request) {
        String origin = request.headers().first(ORIGIN);
        if (origin == null || isAllowed(origin, request.path()) || request.isSafe() && !isTestHook(request.path())) {
            return null;
        }
        return PlainProblem.notWritten(403, isTestHook(request.path())
                ? "test hooks are closed to web pages"
                : "web pages of this origin may not write here; serve --cors names those that may");
    }

    private boolean isAllowed(String origin, String path) {
        return !isTestHook(path) && (origins.contains(ANY) || origins.contains(origin));
    }

    private static boolean isTestHook(String path) {
        return path.startsWith(TEST_HOOKS);
    }

    /// What every answer carries, also that to a request which could not be read to its end.
    ///
    /// @param headers of the answer
    /// @param asked of the request, as far as they have come
    /// @param path of the request, empty if none has come
    void addTo(Headers headers, Headers asked, String path) {
        boolean isOpen = !origins.isEmpty() && !isTestHook(path);
        headers.add("X-Content-Type-Options", "nosniff");
        headers.add("Cross-Origin-Resource-Policy", isOpen ? "cross-origin" : "same-origin");
        if (!isOpen) {
            return;
        }
        String origin = asked.first(ORIGIN);
        if (origins.contains(ANY)) {
            headers.add("Access-Control-Allow-Origin", ANY).add("Access-Control-Expose-Headers", "*");
            return;
        }
        headers.add("Vary", ORIGIN);
        if (origin != null && isAllowed(origin, path)) {
            headers.add("Access-Control-Allow-Origin", origin).add("Access-Control-Expose-Headers", "*");
        }
    }
}
