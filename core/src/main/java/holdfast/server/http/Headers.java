package holdfast.server.http;

import java.util.ArrayList;
import java.util.List;

/// Header fields in their order. Names compare in any case; values are the bytes as Latin-1, so that nothing
/// is lost.
public final class Headers {

    /// One field.
    public record Field(String name, String value) {}

    private final List<Field> fields = new ArrayList<>();

    /// A new set of fields: `name, value, name, value`.
    public static Headers of(String... namesAndValues) {
        Headers headers = new Headers();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    public Headers add(String name, String value) {
        fields.add(new Field(name, value));
        return this;
    }

    /// This value instead of whatever has that name.
    void replace(String name, String value) {
        fields.removeIf(field -> field.name().equalsIgnoreCase(name));
        fields.add(new Field(name, value));
    }

    /// The first value of that name, or null.
    public String first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    public int count(String name) {
        int count = 0;
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                count++;
            }
        }
        return count;
    }

    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                values.add(field.value());
            }
        }
        return values;
    }

    /// Whether a list of tokens under this name has this one (RFC 9110 §5.6.1), in any case.
    public boolean hasToken(String name, String token) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name) && isListed(token, field.value())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isListed(String token, String list) {
        for (String part : list.split(",")) {
            if (part.strip().equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }

    public List<Field> fields() {
        return fields;
    }
}
