package holdfast.server.http;

import holdfast.Bytes;

/// One request, whole.
///
/// @param method as sent: methods are case-sensitive
/// @param target the request target in origin form, as sent: path and, after a question mark, the query; or an asterisk
/// @param http11 false for HTTP/1.0
public record Request(String method, String target, boolean http11, Headers headers, Bytes body) {

    /// The path as sent, still with its percent signs.
    public String path() {
        return pathOf(target);
    }

    static String pathOf(String target) {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    /// What follows the question mark, as sent; empty if nothing does.
    public String query() {
        int question = target.indexOf('?');
        return question < 0 ? "" : target.substring(question + 1);
    }

    /// Whether it is about the server and no resource of it: `OPTIONS *`.
    public boolean isForServer() {
        return target.equals(RequestLine.ASTERISK);
    }

    public boolean isHead() {
        return method.equals("HEAD");
    }

    /// Whether it asks for nothing to change (RFC 9110 §9.2.1).
    boolean isSafe() {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE" -> true;
            default -> false;
        };
    }

    /// Whether the client would send another one on this connection (RFC 9112 §9.3).
    public boolean keepsAlive() {
        return !headers.hasToken("Connection", "close") && (http11 || headers.hasToken("Connection", "keep-alive"));
    }
}
