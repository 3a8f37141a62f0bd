package holdfast.server.streams;

import holdfast.server.http.Response;
import java.util.Locale;
import java.util.regex.Pattern;

/// Content types as far as the protocol treats them differently.
final class Media {

    static final String DEFAULT = "application/octet-stream";

    private static final String JSON = "application/json";

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final String QUOTED = "\"(?:[\t !#-\\[\\]-~\\x80-\\xFF]|\\\\[\t -~\\x80-\\xFF])*+\"";

    /// RFC 9110 §8.3.1, with the empty parameters of §5.6.6.
    private static final Pattern TYPE = Pattern.compile(
            TOKEN + "/" + TOKEN + "(?:[ \t]*+;[ \t]*+(?:" + TOKEN + "=(?:" + TOKEN + "|" + QUOTED + "))?+)*+[ \t]*+");

    private Media() {}

    /// Whether it is a media type by its grammar, known or not.
    static boolean isType(String contentType) {
        return TYPE.matcher(contentType).matches();
    }

    static Response refused() {
        return Problem.notWritten(400, "bad-content-type", "a content type is a type, a slash and a subtype, as in text/plain");
    }

    /// A stream of messages instead of bytes.
    static boolean isJson(String contentType) {
        return essence(contentType).equals(JSON);
    }

    /// Whether its bytes may stand in an event as they are; others are sent as base64.
    static boolean isText(String contentType) {
        String essence = essence(contentType);
        return essence.startsWith("text/") || essence.equals(JSON);
    }

    private static String essence(String contentType) {
        int semicolon = contentType.indexOf(';');
        String bare = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return bare.strip().toLowerCase(Locale.ROOT);
    }
}
