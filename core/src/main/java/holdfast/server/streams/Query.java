package holdfast.server.streams;

import java.util.ArrayList;
import java.util.List;

/// The parameters after the question mark.
final class Query {

    private record Parameter(String name, String value) {}

    private final List<Parameter> parameters = new ArrayList<>();
    private boolean isMalformed;

    Query(String text) {
        for (String part : text.split("&")) {
            int equals = part.indexOf('=');
            String name = Percent.decode(equals < 0 ? part : part.substring(0, equals));
            String value = Percent.decode(equals < 0 ? "" : part.substring(equals + 1).replace('+', ' '));
            if (name == null || value == null) {
                isMalformed = true;
            } else if (!part.isEmpty()) {
                parameters.add(new Parameter(name, value));
            }
        }
    }

    /// Whether a percent sign stands where none may.
    boolean isMalformed() {
        return isMalformed;
    }

    /// The value, or null if the parameter is absent.
    String value(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                values.add(parameter.value());
            }
        }
        return values;
    }
}
