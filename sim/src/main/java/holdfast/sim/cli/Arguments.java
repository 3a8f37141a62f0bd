package holdfast.sim.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The words behind a command, checked against its options. Every value that is here has been accepted, so the
/// getters cannot fail.
final class Arguments {

    private final TreeMap<String, String> values;
    private final String operand;

    private Arguments(TreeMap<String, String> values, String operand) {
        this.values = values;
        this.operand = operand;
    }

    static Input<Arguments> parse(Command command, List<String> words) {
        TreeMap<String, String> values = new TreeMap<>();
        String operand = "";
        int next = 0;
        while (next < words.size()) {
            String word = words.get(next++);
            if (!word.startsWith("-")) {
                if (command.operand().isEmpty() || !operand.isEmpty()) {
                    return unexpected(command, word);
                }
                operand = word;
                continue;
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            Option option = command.option(name);
            if (option == null) {
                return unexpected(command, name);
            }
            boolean flag = option.kind() == Option.Kind.FLAG;
            if (equals < 0 && !flag && next == words.size()) {
                return new Input.Bad<>(name + " needs a value: " + name + " " + option.value());
            }
            if (equals >= 0 && flag) {
                return new Input.Bad<>(name + " takes no value");
            }
            String value = equals >= 0 ? word.substring(equals + 1) : flag ? "yes" : words.get(next++);
            Optional<String> refusal = option.refusalOf(value);
            if (refusal.isPresent()) {
                return new Input.Bad<>(refusal.get());
            }
            if (values.put(name, value) != null) {
                return new Input.Bad<>(name + " is given twice");
            }
        }
        if (!command.operand().isEmpty() && operand.isEmpty()) {
            return new Input.Bad<>(command.name() + " needs " + command.operand() + ", as in " + firstExample(command));
        }
        return new Input.Good<>(new Arguments(values, operand));
    }

    private static Input<Arguments> unexpected(Command command, String word) {
        String kind = word.startsWith("-") ? "no option" : "no use for";
        return new Input.Bad<>(command.name() + " has " + kind + " '" + word + "'; './holdfast help " + command.name()
                + "' lists its options");
    }

    private static String firstExample(Command command) {
        return command.examples().getFirst().line();
    }

    boolean has(String option) {
        return values.containsKey(option);
    }

    String operand() {
        return operand;
    }

    String text(String option, String otherwise) {
        return values.getOrDefault(option, otherwise);
    }

    long number(String option, long otherwise) {
        return has(option) ? Long.parseLong(values.get(option)) : otherwise;
    }

    Optional<Path> file(String option) {
        return Optional.ofNullable(values.get(option)).map(Path::of);
    }
}
