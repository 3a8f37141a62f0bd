package holdfast.stream;

import java.util.Locale;

/// Media types as far as the machine compares them (RFC 9110 §8.3.1): type and subtype, in any case, without
/// the parameters.
final class ContentTypes {

    private ContentTypes() {}

    static boolean same(String one, String other) {
        return essence(one).equals(essence(other));
    }

    private static String essence(String contentType) {
        int semicolon = contentType.indexOf(';');
        String bare = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return bare.strip().toLowerCase(Locale.ROOT);
    }
}
