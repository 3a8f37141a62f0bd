package holdfast.server.streams;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

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

    /// A path as it was sent, with what browsers leave as it is and RFC 3986 §3.3 does not allow there encoded.
    static String encode(String path) {
        StringBuilder encoded = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if ("[\\]^`{|}\"<>".indexOf(c) < 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            }
        }
        return encoded.toString();
    }

    private static int pair(char high, char low) {
        boolean both = Character.digit(high, 16) >= 0 && Character.digit(low, 16) >= 0;
        return both ? 16 * Character.digit(high, 16) + Character.digit(low, 16) : -1;
    }
}
