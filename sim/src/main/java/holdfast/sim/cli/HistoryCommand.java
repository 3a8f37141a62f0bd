package holdfast.sim.cli;

import java.util.ArrayList;
import java.util.List;

/// `./holdfast history`: picks what to do and takes the names of files apart from the options.
final class HistoryCommand {

    private static final long MEBIBYTE = 1 << 20;

    private final Terminal terminal;

    HistoryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    int run(List<String> words) {
        if (!words.isEmpty() && (words.getFirst().equals("--help") || words.getFirst().equals("-h"))) {
            return Help.family("history", terminal);
        }
        String name = "history " + (words.isEmpty() ? "" : words.getFirst());
        Command command = null;
        for (Command known : HistoryCommands.ALL) {
            command = known.name().equals(name) ? known : command;
        }
        if (command == null) {
            return terminal.refuse("history needs check, convert or selftest, as in " + firstExample());
        }
        List<String> rest = words.subList(1, words.size());
        if (rest.contains("--help") || rest.contains("-h")) {
            return Help.of(command, terminal);
        }
        List<String> files = new ArrayList<>();
        List<String> options = new ArrayList<>();
        boolean takesFiles = !command.operand().isEmpty();
        split(command, rest, takesFiles ? files : options, options);
        if (takesFiles && files.isEmpty()) {
            return terminal.refuse(name + " needs " + command.operand() + ", as in " + command.examples().getFirst().line());
        }
        if (command == HistoryCommands.CONVERT && files.size() > 1) {
            return terminal.refuse(name + " has no use for '" + files.get(1) + "'; it converts one file");
        }
        Command withoutFiles =
                new Command(name, command.purpose(), "", command.options(), command.notes(), command.examples());
        return switch (Arguments.parse(withoutFiles, options)) {
            case Input.Bad<Arguments>(String sentence) -> terminal.refuse(sentence);
            case Input.Good<Arguments>(Arguments arguments) -> dispatch(command, arguments, files);
        };
    }

    private static String firstExample() {
        return HistoryCommands.CHECK.examples().getFirst().line();
    }

    /// A word that is neither an option nor the value of one is a file.
    private static void split(Command command, List<String> words, List<String> files, List<String> options) {
        boolean value = false;
        for (String word : words) {
            boolean option = !value && word.startsWith("-");
            (option || value ? options : files).add(word);
            Option known = option ? command.option(word) : null;
            value = known != null && known.kind() != Option.Kind.FLAG;
        }
    }

    /// How long a history may be is a question of memory alone.
    private int dispatch(Command command, Arguments arguments, List<String> files) {
        try {
            return run(command, arguments, files);
        } catch (OutOfMemoryError full) {
            return terminal.refuse("the history needs more memory than " + Runtime.getRuntime().maxMemory() / MEBIBYTE
                    + " MiB; allow more, as in HOLDFAST_JVM=-Xmx8g ./holdfast " + command.name() + " " + String.join(" ", files));
        }
    }

    private int run(Command command, Arguments arguments, List<String> files) {
        if (command == HistoryCommands.CHECK) {
            return new HistoryCheck(arguments, files, terminal).run();
        }
        return command == HistoryCommands.CONVERT
                ? new HistoryConvert(arguments, files.getFirst(), terminal).run()
                : new HistorySelfTest(arguments, terminal).run();
    }
}
