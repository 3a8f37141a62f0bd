package holdfast.server.streams;

import holdfast.server.http.Headers;
import holdfast.server.http.Response;

/// Preconditions (RFC 9110 §13), in the order of §13.2.2: If-Match, then If-None-Match. Nothing here has a date of its last
/// change, so the conditions on dates are ignored, as §13.1.3 wants it.
final class Conditions {

    private static final String IF_MATCH = "If-Match";
    private static final String IF_NONE_MATCH = "If-None-Match";
    private static final String ANY = "*";

    private Conditions() {}

    /// What to do with a read whose answer would be well.
    enum Verdict { ANSWER, NOT_MODIFIED, FAILED }

    /// @param etag of the answer, or null if it has none
    static Verdict ofRead(Headers asked, String etag) {
        String match = list(asked, IF_MATCH);
        if (match != null && !names(match, etag, true)) {
            return Verdict.FAILED;
        }
        String noneMatch = list(asked, IF_NONE_MATCH);
        return noneMatch != null && names(noneMatch, etag, false) ? Verdict.NOT_MODIFIED : Verdict.ANSWER;
    }

    /// The answer to a read under a condition that does not hold, or null.
    static Response refusalOfRead(Headers asked, String etag, Headers headers) {
        return switch (ofRead(asked, etag)) {
            case ANSWER -> null;
            case NOT_MODIFIED -> Response.of(304, headers);
            case FAILED -> Problem.of(412, "precondition-failed", "the entity tag is another one");
        };
    }

    /// Whether a creation must find nothing.
    static boolean createsOnly(Headers asked) {
        return ANY.equals(list(asked, IF_NONE_MATCH));
    }

    /// The answer to a write whose conditions nobody can promise to keep, or null. A creation may ask that there be nothing
    /// ([#createsOnly]), any other write that there be a stream, which it needs anyway. Entity tags stand for parts of a
    /// stream, and none of them for its state.
    static Response refusalOfWrite(String method, Headers asked) {
        String match = list(asked, IF_MATCH);
        String noneMatch = list(asked, IF_NONE_MATCH);
        boolean isCreation = method.equals("PUT");
        boolean canKeep = (match == null || !isCreation && match.equals(ANY))
                && (noneMatch == null || isCreation && noneMatch.equals(ANY));
        return canKeep ? null : Problem.notWritten(412, "precondition-failed", "a stream is created under the condition"
                + " If-None-Match: *; an append names the tail that it expects by " + StreamHeaders.EXPECTED_OFFSET);
    }

    /// All lines of a list as one, or null if there is none.
    private static String list(Headers headers, String name) {
        return headers.count(name) == 0 ? null : String.join(",", headers.all(name)).strip();
    }

    /// Whether the list names the tag, by the strong comparison or the weak one (§8.8.3.2). Ours are strong.
    private static boolean names(String list, String etag, boolean isStrong) {
        if (list.equals(ANY)) {
            return true;
        }
        int at = 0;
        while (at < list.length()) {
            boolean isWeak = list.startsWith("W/", at);
            int open = isWeak ? at + 2 : at;
            int close = list.startsWith("\"", open) ? list.indexOf('"', open + 1) : -1;
            if (close < 0) {
                // A blank or a comma; or no entity tag, which names nothing.
                at++;
            } else {
                if (list.substring(open, close + 1).equals(etag) && !(isWeak && isStrong)) {
                    return true;
                }
                at = close + 1;
            }
        }
        return false;
    }
}
