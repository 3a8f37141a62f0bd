package holdfast.server.http;

/// The small alphabet of RFC 9110 §5.6.
public final class Tokens {

    private static final String SYMBOLS = "!#$%&'*+-.^_`|~";

    private Tokens() {}

    static boolean isTokenByte(byte b) {
        return b > 0 && (isLetterOrDigit((char) b) || SYMBOLS.indexOf(b) >= 0);
    }

    /// Of ASCII.
    static boolean isLetterOrDigit(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    static boolean isHex(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F || !isTokenByte((byte) text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /// What no line may hold; a tab may stand in a value.
    static boolean isControl(byte b) {
        return b >= 0 && b < ' ' && b != '\t' || b == 0x7F;
    }

    /// Whether the text is `least` to `most` decimal digits. Not a regular expression: some requests are asked this
    /// several times.
    public static boolean isDecimal(String text, int least, int most) {
        if (text.length() < least || text.length() > most) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /// Without the blanks and tabs around it.
    static String strip(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
