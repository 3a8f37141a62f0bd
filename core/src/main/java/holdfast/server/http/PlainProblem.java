package holdfast.server.http;

import holdfast.Bytes;
import java.util.Locale;

/// A problem document (RFC 9457) for whatever is refused before anybody looks at what it asks for: its type is that of its
/// status. The details are ours alone, so nothing in them needs quoting.
public final class PlainProblem {

    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER_SECONDS = "1";

    private PlainProblem() {}

    /// Nothing was and nothing will be written.
    public static Response.Whole notWritten(int status, String detail) {
        return of(status, detail, "not-written");
    }

    /// Nobody knows what the request has done.
    public static Response.Whole unknown(int status, String detail) {
        return of(status, detail, "unknown");
    }

    private static Response.Whole of(int status, String detail, String outcome) {
        Headers headers = Headers.of("Content-Type", "application/problem+json", "Cache-Control", "no-store");
        if (status == UNAVAILABLE) {
            headers.add("Retry-After", RETRY_AFTER_SECONDS);
        }
        String reason = ResponseHead.reason(status);
        String type = "urn:holdfast:problem:" + reason.toLowerCase(Locale.ROOT).replace(' ', '-');
        String body = "{\"type\":\"" + type + "\",\"title\":\"" + reason + "\",\"status\":" + status + ",\"detail\":\""
                + detail + "\",\"outcome\":\"" + outcome + "\"}\n";
        return new Response.Whole(status, headers, Bytes.utf8(body));
    }
}
