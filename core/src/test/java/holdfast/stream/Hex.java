package holdfast.stream;

import holdfast.Bytes;
import java.util.HexFormat;

/// Bytes as they stand in `docs/format.md`: hexadecimal pairs, and after a semicolon what they are.
final class Hex {

    private Hex() {}

    static Bytes bytes(String text) {
        StringBuilder digits = new StringBuilder();
        for (String line : text.lines().toList()) {
            digits.append(line.replaceFirst(";.*", "").replace(" ", ""));
        }
        return Bytes.wrap(HexFormat.of().parseHex(digits));
    }

    static String of(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }
}
