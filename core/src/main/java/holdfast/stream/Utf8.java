package holdfast.stream;

import holdfast.Bytes;
import holdfast.Check;

/// Names and ids as UTF-8. A text with half of a surrogate pair has no UTF-8 of its own (Java would write a
/// question mark for it, and two different names would become one), so such a text has no length here.
final class Utf8 {

    static final int MALFORMED = -1;

    /// What Java puts where bytes are not UTF-8.
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /// The number of bytes, or [#MALFORMED].
    static int length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (isPair(text, i)) {
                bytes += 4;
                i++;
            } else {
                return MALFORMED;
            }
        }
        return bytes;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    /// The text whose bytes these are; anything else than well-formed UTF-8 is a broken invariant.
    static String decode(Bytes bytes) {
        String text = bytes.utf8();
        Check.that(text.indexOf(REPLACEMENT) < 0 || Bytes.utf8(text).equals(bytes), "a name is well-formed UTF-8");
        return text;
    }
}
