package holdfast.sim.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The door behind the script `./holdfast`: picks the command. Exit codes are [#HOLDS], [#FAILED] and
/// [#BAD_INPUT]; bad input is answered with one line on the error stream.
public final class Main {

    static final int HOLDS = 0;
    static final int FAILED = 1;
    static final int BAD_INPUT = 2;

    private Main() {}

    public static void main(String[] words) {
        Terminal terminal = Terminal.ofSystem();
        int exit = run(List.of(words), terminal);
        terminal.flush();
        System.exit(exit);
    }

    /// As [#main], for a JVM that goes on: all that is said goes to a file. Returns the exit code.
    public static int run(List<String> words, Path output) throws IOException {
        try (PrintStream file = new PrintStream(output.toFile(), StandardCharsets.UTF_8)) {
            return run(words, new Terminal(file, file, false, false));
        }
    }

    static int run(List<String> words, Terminal terminal) {
        if (words.isEmpty()) {
            return Help.overview(terminal);
        }
        List<String> rest = words.subList(1, words.size());
        if (words.getFirst().equals("help") || words.getFirst().equals("--help") || words.getFirst().equals("-h")) {
            return Help.run(rest, terminal);
        }
        if (words.getFirst().equals("history")) {
            return new HistoryCommand(terminal).run(rest);
        }
        boolean bench = words.getFirst().equals("sim") && !rest.isEmpty() && rest.getFirst().equals("bench");
        String name = bench ? "sim bench" : words.getFirst();
        Command command = Commands.named(name);
        if (command == null) {
            return terminal.refuse("there is no command '" + name + "'; './holdfast help' lists them");
        }
        List<String> arguments = bench ? rest.subList(1, rest.size()) : rest;
        if (arguments.contains("--help") || arguments.contains("-h")) {
            return Help.of(command, terminal);
        }
        return switch (Arguments.parse(command, arguments)) {
            case Input.Bad<Arguments>(String sentence) -> terminal.refuse(sentence);
            case Input.Good<Arguments>(Arguments parsed) -> dispatch(name, parsed, terminal);
        };
    }

    private static int dispatch(String name, Arguments arguments, Terminal terminal) {
        return switch (name) {
            case "sim" -> new SimCommand(arguments, terminal).run();
            case "sim bench" -> new BenchCommand(terminal).run();
            case "replay" -> new ReplayCommand(arguments, terminal).run();
            case "shrink" -> new ShrinkCommand(arguments, terminal).run();
            case "mutants" -> new MutantsCommand(arguments, terminal).run();
            default -> terminal.refuse("'" + name + "' runs from the script: ./holdfast " + name);
        };
    }
}
