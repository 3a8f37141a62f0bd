package holdfast.sim.history.format;

/// Numbers as they stand in files.
final class Numbers {

    private Numbers() {}

    /// @param whole whether it is written with digits only
    static Datum of(String written, boolean whole) {
        if (!whole) {
            return new Datum.OtherNumber(written);
        }
        try {
            return new Datum.Number(Long.parseLong(written));
        } catch (NumberFormatException large) {
            return new Datum.OtherNumber(written);
        }
    }

    /// The character with the next `digits` hexadecimal digits.
    static char hexadecimal(TextCursor in, int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(in.take(), 16);
            if (digit < 0) {
                in.complain("a text has a damaged hexadecimal escape");
                return ' ';
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }
}
