package holdfast.sim.cli;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/// What a patch says about itself: lines of `key: value` above the diff (see [Mutant]).
final class MutantHeader {

    private static final String LIST = " *, *";

    private final TreeMap<String, String> values = new TreeMap<>();

    static MutantHeader of(String text) {
        MutantHeader header = new MutantHeader();
        for (String line : text.lines().toList()) {
            if (line.startsWith("--- ") || line.startsWith("diff ")) {
                break;
            }
            int colon = line.indexOf(": ");
            if (colon > 0) {
                header.values.put(line.substring(0, colon).strip(), line.substring(colon + 2).strip());
            }
        }
        return header;
    }

    /// What is wrong with it; empty if nothing is. The getters are for a header that is right.
    String refusal() {
        return (wrong("tier", "[1-4]", "1 to 4")
                + wrong("nodes", "[1357]|any", "1, 3, 5, 7 or any")
                + wrong("seeds", "[1-9][0-9]{0,8}", "a number")
                + wrong("equivalent", "yes|no", "yes or no")).strip();
    }

    private String wrong(String key, String pattern, String wanted) {
        String value = values.get(key);
        return value == null || value.matches(pattern) ? "" : key + " '" + value + "': expected " + wanted + ". ";
    }

    String text(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    long number(String key, long otherwise) {
        return values.containsKey(key) ? Long.parseLong(values.get(key)) : otherwise;
    }

    List<String> names(String key) {
        return values.containsKey(key) ? Arrays.asList(values.get(key).split(LIST)) : List.of();
    }
}
