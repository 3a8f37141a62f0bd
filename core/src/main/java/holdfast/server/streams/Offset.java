package holdfast.server.streams;

import java.util.List;
import java.util.Locale;

/// A place in a stream as clients see it: sixteen digits, an underscore, sixteen digits. The first number is
/// the offset, the second a place within the record there, which is always zero so far. Text order is stream
/// order.
sealed interface Offset {

    int DIGITS = 16;

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
            default -> text.matches("[0-9]{" + DIGITS + "}_0{" + DIGITS + "}")
                    ? new At(Long.parseLong(text.substring(0, DIGITS)))
                    : new Malformed();
        };
    }

    static String text(long offset) {
        return String.format(Locale.ROOT, "%016d_%016d", offset, 0);
    }
}
