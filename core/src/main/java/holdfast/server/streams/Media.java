package holdfast.server.streams;

import java.util.Locale;

/// Content types as far as the protocol treats them differently.
final class Media {

    static final String DEFAULT = "application/octet-stream";

    private static final String JSON = "application/json";

    private Media() {}

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
