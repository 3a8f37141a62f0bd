package holdfast.server.streams;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoding (RFC 3986 §2.1).
final class Percent {

    private Percent() {}

    /// The text that was encoded, or null if a percent sign is followed by anything but two hexadecimal digits,
    /// or the bytes are not UTF-8: two spellings must not become one name.
    static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            int value = i + 2 < encoded.length() ? pair(encoded.charAt(i + 1), encoded.charAt(i + 2)) : -1;
            if (value < 0) {
                return null;
            }
            bytes.write(value);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }

    private static int pair(char high, char low) {
        boolean both = Character.digit(high, 16) >= 0 && Character.digit(low, 16) >= 0;
        return both ? 16 * Character.digit(high, 16) + Character.digit(low, 16) : -1;
    }
}
