package holdfast.sim.cli;

import java.util.List;

/// A command as the help shows it and the parser enforces it.
///
/// @param operand name of the one word that is not an option; empty if there is none
/// @param notes paragraphs that follow the options
record Command(
        String name,
        String purpose,
        String operand,
        List<Option> options,
        List<String> notes,
        List<Example> examples) {

    record Example(String line, String meaning) {}

    Option option(String written) {
        for (Option option : options) {
            if (option.name().equals(written)) {
                return option;
            }
        }
        return null;
    }

    String usage() {
        StringBuilder usage = new StringBuilder("./holdfast ").append(name);
        if (!operand.isEmpty()) {
            usage.append(' ').append(operand);
        }
        for (Option option : options) {
            usage.append(" [").append(option.name());
            if (!option.value().isEmpty()) {
                usage.append(' ').append(option.value());
            }
            usage.append(']');
        }
        return usage.toString();
    }
}
