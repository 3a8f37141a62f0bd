package holdfast.server.http;

/// The first line of a request (RFC 9112 §3).
///
/// @param authority that of an absolute target, in place of the Host header (RFC 9112 §3.2.2); null for any other target
record RequestLine(String method, String target, String authority, boolean http11) {

    /// The target of a request to the server as a whole (RFC 9112 §3.2.4).
    static final String ASTERISK = "*";

    private static final String SCHEME = "http://";
    private static final String DELIMITERS = "/?:@[]\\^`{|}";

    /// A line or why it is none; one of the two is null.
    record Parsed(RequestLine line, RequestParser.Failure failure) {}

    static Parsed parse(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 3 || !Tokens.isToken(parts[0]) || !parts[2].startsWith("HTTP/")) {
            return refused(400, "a request line is a method, a target and HTTP/1.1, with one blank between");
        }
        if (!isVersionOne(parts[2])) {
            return refused(505, "this server speaks HTTP/1.1");
        }
        String authority = authorityOf(parts[1]);
        String target = originForm(parts[1]);
        boolean isWholeServer = ASTERISK.equals(target) && parts[0].equals("OPTIONS");
        if (target == null || !isOriginForm(target) && !isWholeServer) {
            return refused(400, "a request target is an absolute path, with a query perhaps");
        }
        return new Parsed(new RequestLine(parts[0], target, authority, !parts[2].endsWith(".0")), null);
    }

    private static boolean isVersionOne(String version) {
        return version.startsWith("HTTP/1.") && Tokens.isDecimal(version.substring("HTTP/1.".length()), 1, 1);
    }

    private static String authorityOf(String target) {
        if (!target.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        int end = SCHEME.length();
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        return target.substring(SCHEME.length(), end);
    }

    /// The path and query of an absolute target; any other target as it is. Null if the target is absolute and malformed.
    private static String originForm(String target) {
        String authority = authorityOf(target);
        if (authority == null) {
            return target;
        }
        int end = SCHEME.length() + authority.length();
        boolean namesHost = !authority.isEmpty() && authority.charAt(0) != ':';
        if (!namesHost || !Authority.isValid(authority)) {
            return null;
        }
        return target.startsWith("/", end) ? target.substring(end) : "/" + target.substring(end);
    }

    /// An absolute path and perhaps a query, of the characters of RFC 3986 §3.3 and those that browsers send as they are
    /// (the URL standard of WHATWG, "percent-encode sets").
    private static boolean isOriginForm(String target) {
        if (!target.startsWith("/")) {
            return false;
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (!Authority.isNameChar(c) && DELIMITERS.indexOf(c) < 0 && !Authority.isEscape(target, i)) {
                return false;
            }
        }
        return true;
    }

    private static Parsed refused(int status, String detail) {
        return new Parsed(null, new RequestParser.Failure(status, detail));
    }
}
