package holdfast.server.config;

import java.util.List;
import java.util.regex.Pattern;

/// The origins of web pages, as browsers send them (RFC 6454 §6.2): scheme, host and a port that is not the scheme's own.
final class Origins {

    private static final String ANY = "*";
    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

    private Origins() {}

    /// Null if the text is no list of origins.
    static List<String> parse(String text) {
        if (text.strip().equals(ANY)) {
            return List.of(ANY);
        }
        List<String> origins = List.of(text.split(",", -1)).stream().map(String::strip).toList();
        return origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches()) ? origins : null;
    }
}
