package holdfast;

import java.util.HexFormat;

/// Sixteen bytes of a SHA-256, as two big-endian words. See [Hasher].
public record Digest(long high, long low) {

    public static final Digest ZERO = new Digest(0, 0);

    /// Bytes a digest takes in every format.
    public static final int BYTES = 16;

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
