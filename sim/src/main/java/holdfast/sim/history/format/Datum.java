package holdfast.sim.history.format;

import java.util.List;

/// A value of JSON or EDN.
public sealed interface Datum {

    /// `null` or `nil`.
    record Nil() implements Datum {}

    record Flag(boolean set) implements Datum {}

    /// A whole number that fits into 64 bits with a sign.
    record Number(long value) implements Datum {}

    /// Any other number, as written.
    record OtherNumber(String text) implements Datum {}

    record Text(String text) implements Datum {}

    /// A keyword (without its colon) or symbol of EDN.
    record Word(String name) implements Datum {}

    record Row(List<Datum> items) implements Datum {}

    /// A set: the items in the order of the file.
    record Bag(List<Datum> items) implements Datum {}

    /// A map: keys and values in the order of the file.
    record Table(List<Datum> keys, List<Datum> values) implements Datum {

        /// The value under a keyword or text, or null.
        public Datum get(String name) {
            for (int i = 0; i < keys.size(); i++) {
                if (keys.get(i).isNamed(name)) {
                    return values.get(i);
                }
            }
            return null;
        }
    }

    Datum NIL = new Nil();
    Datum YES = new Flag(true);
    Datum NO = new Flag(false);

    /// Whether this is the keyword or text `name`.
    default boolean isNamed(String name) {
        return switch (this) {
            case Word word -> word.name().equals(name);
            case Text text -> text.text().equals(name);
            case Nil _, Flag _, Number _, OtherNumber _, Row _, Bag _, Table _ -> false;
        };
    }

    /// The keyword or text, or empty for anything else.
    default String name() {
        return switch (this) {
            case Word word -> word.name();
            case Text text -> text.text();
            case Nil _, Flag _, Number _, OtherNumber _, Row _, Bag _, Table _ -> "";
        };
    }

    default boolean isNil() {
        return this instanceof Nil;
    }

    /// The items of a row or set; empty for anything else.
    default List<Datum> list() {
        return switch (this) {
            case Row row -> row.items();
            case Bag bag -> bag.items();
            case Nil _, Flag _, Number _, OtherNumber _, Text _, Word _, Table _ -> List.of();
        };
    }
}
