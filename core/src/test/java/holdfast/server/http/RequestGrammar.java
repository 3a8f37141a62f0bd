package holdfast.server.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a request is, written down from the standards and not from the parser: RFC 9112 (message), RFC 9110 (fields), RFC
/// 3986 (targets and hosts), as regular expressions over whole requests, with the few rules that no expression can say. The
/// parser may refuse more than this; whatever it accepts must be this.
final class RequestGrammar {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QUOTED =
            "\"(?:[\\t \\x21\\x23-\\x5B\\x5D-\\x7E\\x80-\\xFF]|\\\\[\\t \\x21-\\x7E\\x80-\\xFF])*\"";
    private static final String BWS = "[ \\t]*";

    private static final String ESCAPED = "%[0-9A-Fa-f]{2}";
    private static final String UNRESERVED = "A-Za-z0-9._~\\-";
    private static final String SUB_DELIMS = "!$&'()*+,;=";
    /// What browsers send beside that (WHATWG URL, path and query percent-encode sets).
    private static final String BROWSERS = "\\[\\]\\\\^`{|}";
    private static final String PATH =
            "/(?:[" + UNRESERVED + SUB_DELIMS + ":@/" + BROWSERS + "]|" + ESCAPED + ")*";
    private static final String QUERY =
            "(?:\\?(?:[" + UNRESERVED + SUB_DELIMS + ":@/?" + BROWSERS + "]|" + ESCAPED + ")*)?";

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9][0-9]|[0-9])";
    private static final String IPV4 = "(?:" + OCTET + "\\.){3}" + OCTET;
    private static final String H16 = "[0-9A-Fa-f]{1,4}";
    private static final String LS32 = "(?:" + H16 + ":" + H16 + "|" + IPV4 + ")";
    /// RFC 3986 §3.2.2, its nine lines.
    private static final String IPV6 = "(?:(?:" + H16 + ":){6}" + LS32
            + "|::(?:" + H16 + ":){5}" + LS32
            + "|(?:" + H16 + ")?::(?:" + H16 + ":){4}" + LS32
            + "|(?:(?:" + H16 + ":){0,1}" + H16 + ")?::(?:" + H16 + ":){3}" + LS32
            + "|(?:(?:" + H16 + ":){0,2}" + H16 + ")?::(?:" + H16 + ":){2}" + LS32
            + "|(?:(?:" + H16 + ":){0,3}" + H16 + ")?::" + H16 + ":" + LS32
            + "|(?:(?:" + H16 + ":){0,4}" + H16 + ")?::" + LS32
            + "|(?:(?:" + H16 + ":){0,5}" + H16 + ")?::" + H16
            + "|(?:(?:" + H16 + ":){0,6}" + H16 + ")?::)";
    private static final String FUTURE = "[vV][0-9A-Fa-f]+\\.[" + UNRESERVED + SUB_DELIMS + ":]+";
    private static final String NAME = "(?:[" + UNRESERVED + SUB_DELIMS + "]|" + ESCAPED + ")";
    private static final String LITERAL = "\\[(?:" + IPV6 + "|" + FUTURE + ")\\]";
    private static final Pattern HOST = Pattern.compile("(?:" + LITERAL + "|" + NAME + "*)(?::[0-9]*)?");
    private static final String AUTHORITY = "(?:" + LITERAL + "|" + NAME + "+)(?::[0-9]*)?";

    private static final String TARGET =
            "(?:" + PATH + QUERY + "|(?i:http)://" + AUTHORITY + "(?:" + PATH + ")?" + QUERY + ")";
    private static final String FIELD = TOKEN + ":[\\t \\x21-\\x7E\\x80-\\xFF]*\\r\\n";
    private static final Pattern HEAD = Pattern.compile("(?:\\r\\n)*"
            + "(?:" + TOKEN + " " + TARGET + "|OPTIONS \\*) HTTP/1\\.([0-9])\\r\\n((?:" + FIELD + ")*)\\r\\n");

    private static final String EXTENSION =
            BWS + ";" + BWS + TOKEN + "(?:" + BWS + "=" + BWS + "(?:" + TOKEN + "|" + QUOTED + "))?";
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]+)(?:" + EXTENSION + ")*\\r\\n");
    private static final Pattern TRAILERS = Pattern.compile("(?:" + FIELD + ")*\\r\\n");

    private RequestGrammar() {}

    /// What is wrong with `[0, taken)` as one whole request; empty if nothing is.
    static String objection(byte[] input, int taken) {
        String text = new String(input, 0, taken, StandardCharsets.ISO_8859_1);
        Matcher head = HEAD.matcher(text);
        if (!head.lookingAt()) {
            return "no request head";
        }
        boolean isHttp10 = head.group(1).equals("0");
        List<String> hosts = values(head.group(2), "host");
        if (hosts.size() > 1 || hosts.isEmpty() && !isHttp10
                || !hosts.isEmpty() && !HOST.matcher(hosts.getFirst()).matches()) {
            return "no host, or more than one";
        }
        List<String> lengths = values(head.group(2), "content-length");
        List<String> codings = values(head.group(2), "transfer-encoding");
        String body = text.substring(head.end());
        if (codings.isEmpty()) {
            boolean isLength = lengths.isEmpty() ? body.isEmpty()
                    : lengths.size() == 1 && lengths.getFirst().matches("[0-9]{1,18}")
                            && Long.parseLong(lengths.getFirst()) == body.length();
            return isLength ? "" : "not as long as its Content-Length says";
        }
        boolean isChunked = lengths.isEmpty() && !isHttp10 && codings.size() == 1
                && codings.getFirst().equalsIgnoreCase("chunked");
        return isChunked ? chunked(body) : "its length is in doubt";
    }

    private static String chunked(String body) {
        Matcher chunk = CHUNK.matcher(body);
        int at = 0;
        while (chunk.region(at, body.length()).lookingAt()) {
            long size = Long.parseLong(chunk.group(1), 16);
            at = chunk.end();
            if (size == 0) {
                return TRAILERS.matcher(body).region(at, body.length()).matches() ? "" : "no trailers";
            }
            if (size > body.length() - at - 2 || !body.startsWith("\r\n", (int) (at + size))) {
                return "a chunk is not as long as it says";
            }
            at += (int) size + 2;
        }
        return "no chunk";
    }

    private static List<String> values(String fields, String name) {
        List<String> values = new ArrayList<>();
        for (String field : fields.split("\r\n")) {
            int colon = field.indexOf(':');
            if (colon > 0 && field.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                values.add(field.substring(colon + 1).replaceAll("^[ \\t]+|[ \\t]+$", ""));
            }
        }
        return values;
    }
}
