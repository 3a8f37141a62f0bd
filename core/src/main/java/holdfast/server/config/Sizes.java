package holdfast.server.config;

/// Whole numbers with an optional binary unit: `512`, `64k`, `16m`, `1g`.
final class Sizes {

    private static final int DIGITS_MAX = 12;

    private Sizes() {}

    /// The number, or -1 if the text is none.
    static long parse(String text) {
        int shift = text.isEmpty() ? 0 : shiftOf(text.charAt(text.length() - 1));
        long number = digits(shift == 0 ? text : text.substring(0, text.length() - 1));
        return number < 0 ? -1 : number << shift;
    }

    private static int shiftOf(char unit) {
        return switch (unit) {
            case 'k', 'K' -> 10;
            case 'm', 'M' -> 20;
            case 'g', 'G' -> 30;
            default -> 0;
        };
    }

    static long digits(String text) {
        if (text.isEmpty() || text.length() > DIGITS_MAX) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
