package holdfast.server.http;

/// The first line of a request (RFC 9112 §3).
record RequestLine(String method, String target, boolean http11) {

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
        String target = originForm(parts[1]);
        if (!isOriginForm(target)) {
            return refused(400, "a request target is an absolute path, with a query perhaps");
        }
        return new Parsed(new RequestLine(parts[0], target, !parts[2].endsWith(".0")), null);
    }

    private static boolean isVersionOne(String version) {
        return version.startsWith("HTTP/1.") && Tokens.isDecimal(version.substring("HTTP/1.".length()), 1, 1);
    }

    /// RFC 9112 §3.2.2: a target with scheme and host is to be understood; the Host header is not looked at.
    private static String originForm(String target) {
        if (!target.startsWith("http://")) {
            return target;
        }
        int slash = target.indexOf('/', "http://".length());
        return slash < 0 ? "/" : target.substring(slash);
    }

    /// A path of visible ASCII without a fragment, or the asterisk of `OPTIONS *`.
    private static boolean isOriginForm(String target) {
        if (target.equals("*")) {
            return true;
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '#') {
                return false;
            }
        }
        return target.startsWith("/");
    }

    private static Parsed refused(int status, String detail) {
        return new Parsed(null, new RequestParser.Failure(status, detail));
    }
}
