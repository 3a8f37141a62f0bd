package holdfast.server.streams;

import holdfast.Bytes;
import holdfast.node.ClientReply;
import holdfast.server.http.Headers;
import holdfast.server.http.Response;

/// What went wrong, as RFC 9457 says it: one word that a program can use (`type`), one sentence for people
/// (`detail`), and for writes what has become of them (`outcome`).
final class Problem {

    private static final String OUTCOME_NOT_WRITTEN = "not-written";
    private static final String OUTCOME_UNKNOWN = "unknown";
    private static final String RETRY_AFTER_SECONDS = "1";

    private Problem() {}

    /// A request that asks for nothing to be written, or is no request at all.
    static Response of(int status, String type, String detail) {
        return of(status, type, detail, null, new Headers());
    }

    /// Nothing was and nothing will be written.
    static Response notWritten(int status, String type, String detail) {
        return notWritten(status, type, detail, new Headers());
    }

    static Response notWritten(int status, String type, String detail, Headers headers) {
        return of(status, type, detail, OUTCOME_NOT_WRITTEN, headers);
    }

    /// No leader could be asked in time, or it was too busy, or it would not take this from anybody.
    static Response refused(ClientReply.NotWritten reply) {
        String detail = "nothing was written: " + reply.cause().text();
        return switch (reply.cause()) {
            case TOO_LARGE -> notWritten(413, "too-large", detail);
            case BAD_REQUEST -> notWritten(400, "bad-request", detail);
            case NO_SPACE -> notWritten(507, "no-space", detail, retryLater());
            case NOT_LEADER, LEADERSHIP_LOST, OVERLOADED, TRANSFERRING, TIMED_OUT, NOT_YET, STARTING, STOPPED,
                    FORMING, CHANGING, DAMAGED ->
                    notWritten(503, "unavailable", detail, retryLater());
        };
    }

    /// May still happen. Asking again is safe only with producer headers.
    static Response unknown(ClientReply.Unknown reply) {
        String detail = "the outcome is unknown: " + reply.cause().text();
        return of(503, "outcome-unknown", detail, OUTCOME_UNKNOWN, retryLater());
    }

    static Response unreadable(ClientReply.ReadFailed reply) {
        boolean isDamaged = reply.cause() == ClientReply.Cause.DAMAGED;
        return of(
                503, isDamaged ? "damaged" : "unavailable", "the read learned nothing: " + reply.cause().text(), null,
                retryLater());
    }

    private static Headers retryLater() {
        return new Headers().add("Retry-After", RETRY_AFTER_SECONDS);
    }

    private static Response of(int status, String type, String detail, String outcome, Headers headers) {
        StringBuilder json = new StringBuilder(256);
        json.append("{\"type\":\"urn:holdfast:problem:").append(type).append("\",\"title\":");
        quote(json, type.replace('-', ' ')).append(",\"status\":").append(status).append(",\"detail\":");
        quote(json, detail);
        if (outcome != null) {
            json.append(",\"outcome\":\"").append(outcome).append('"');
        }
        json.append("}\n");
        headers.add("Content-Type", "application/problem+json").add("Cache-Control", "no-store");
        return new Response.Whole(status, headers, Bytes.utf8(json.toString()));
    }

    /// RFC 8259 §7: a detail may repeat what a client sent.
    private static StringBuilder quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(' ');
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }
}
