package holdfast.server.streams;

import holdfast.server.http.Tokens;
import java.util.List;

/// A place in a stream as clients see it: sixteen digits, an underscore, sixteen digits. The first number is
/// the offset, the second a place within the record there, which is always zero so far. Text order is stream
/// order.
sealed interface Offset {

    int DIGITS = 16;

    /// The place within a record at which every offset so far is.
    String WHOLE_RECORD = "_0000000000000000";

    /// Nothing was asked for.
    record Absent() implements Offset {}

    record At(long offset) implements Offset {}

    /// The tail, wherever it is when the request takes effect.
    record Now() implements Offset {}

    /// No offset of ours, or more than one.
    record Malformed() implements Offset {}

    static Offset parse(List<String> values) {
        return switch (values.size()) {
            case 0 -> new Absent();
            case 1 -> parse(values.getFirst());
            default -> new Malformed();
        };
    }

    static Offset parse(String text) {
        return switch (text) {
            case "-1" -> new At(0);
            case "now" -> new Now();
            default -> {
                boolean isOurs = text.endsWith(WHOLE_RECORD)
                        && Tokens.isDecimal(text.substring(0, text.length() - WHOLE_RECORD.length()), DIGITS, DIGITS);
                yield isOurs ? new At(Long.parseLong(text, 0, DIGITS, 10)) : new Malformed();
            }
        };
    }

    static String text(long offset) {
        String digits = Long.toString(offset);
        return "0".repeat(DIGITS - digits.length()) + digits + WHOLE_RECORD;
    }
}
