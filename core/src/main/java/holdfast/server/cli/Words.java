package holdfast.server.cli;

import holdfast.server.config.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// The words behind a command: options with values, flags, and the rest; whatever follows `--` is the rest.
final class Words {

    private final TreeMap<String, String> options = new TreeMap<>();
    private final List<String> operands = new ArrayList<>();

    private Words() {}

    /// `valued` and `flags` are the names that the command knows, with their dashes.
    static Given<Words> parse(String command, List<String> words, Set<String> valued, Set<String> flags) {
        Words parsed = new Words();
        int next = 0;
        while (next < words.size()) {
            String word = words.get(next++);
            if (word.equals("--")) {
                parsed.operands.addAll(words.subList(next, words.size()));
                break;
            }
            if (!word.startsWith("--")) {
                parsed.operands.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            boolean flag = flags.contains(name);
            if (!flag && !valued.contains(name)) {
                return new Given.Bad<>(command + " has no option '" + name + "'; './holdfast help " + command
                        + "' lists its options");
            }
            if (flag ? equals >= 0 : equals < 0 && next == words.size()) {
                return new Given.Bad<>(name + (flag ? " takes no value" : " needs a value"));
            }
            String value = flag ? "yes" : equals >= 0 ? word.substring(equals + 1) : words.get(next++);
            if (value.isBlank()) {
                return new Given.Bad<>(name + " needs a value");
            }
            if (value.chars().anyMatch(Character::isISOControl)) {
                return new Given.Bad<>(name + " holds a control character");
            }
            if (parsed.options.put(name, value) != null) {
                return new Given.Bad<>(name + " is given twice");
            }
        }
        return new Given.Good<>(parsed);
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    String text(String option, String otherwise) {
        return options.getOrDefault(option, otherwise);
    }

    /// The number, or -1 if the value is none between `least` and `most`.
    int number(String option, int otherwise, int least, int most) {
        if (!has(option)) {
            return otherwise;
        }
        String digits = options.get(option);
        if (!digits.matches("[0-9]{1,9}")) {
            return -1;
        }
        int number = Integer.parseInt(digits);
        return number >= least && number <= most ? number : -1;
    }

    List<String> operands() {
        return operands;
    }
}
