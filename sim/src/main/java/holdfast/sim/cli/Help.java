package holdfast.sim.cli;

import java.util.List;

/// Prints what [Commands] says.
final class Help {

    private static final int COLUMNS = 80;
    private static final int INDENT = 26;
    private static final int OVERVIEW_INDENT = 34;

    private Help() {}

    static int run(List<String> words, Terminal terminal) {
        if (words.isEmpty()) {
            return overview(terminal);
        }
        String name = String.join(" ", words);
        Command command = Commands.named(name.equals("bench") ? "sim bench" : name);
        return command == null ? family(name, terminal) : of(command, terminal);
    }

    /// The commands that begin with a word, such as `history`.
    static int family(String word, Terminal terminal) {
        List<Command> family =
                Commands.all().stream().filter(command -> command.name().startsWith(word + " ")).toList();
        if (family.isEmpty()) {
            return terminal.refuse("there is no command '" + word + "'; './holdfast help' lists them");
        }
        list(family, terminal);
        terminal.line("");
        for (Command command : family) {
            Command.Example example = command.examples().getFirst();
            terminal.line("  " + example.line());
            terminal.line("      " + example.meaning());
        }
        terminal.line("");
        terminal.line("./holdfast help " + family.getFirst().name() + " tells its options; so do the others.");
        return Main.HOLDS;
    }

    private static void list(List<Command> commands, Terminal terminal) {
        for (Command command : commands) {
            String name = "  ./holdfast " + command.name();
            wrapped(terminal, name + " ".repeat(OVERVIEW_INDENT - name.length()), " ".repeat(OVERVIEW_INDENT), command.purpose());
        }
    }

    static int overview(Terminal terminal) {
        terminal.line("Holdfast: a replicated, append-only stream store, and its simulator.");
        terminal.line("");
        list(Commands.all(), terminal);
        terminal.line("");
        terminal.line("./holdfast help COMMAND tells every option. Start with: ./holdfast sim");
        return Main.HOLDS;
    }

    static int of(Command command, Terminal terminal) {
        terminal.line(command.name() + ": " + command.purpose());
        terminal.line("");
        wrapped(terminal, "  ", "      ", command.usage());
        terminal.line("");
        for (Option option : command.options()) {
            wrapped(terminal, padded("  " + (option.name() + " " + option.value()).strip()), " ".repeat(INDENT), option.help());
        }
        for (String note : command.notes()) {
            terminal.line("");
            wrapped(terminal, "", "", note);
        }
        terminal.line("");
        for (Command.Example example : command.examples()) {
            terminal.line("  " + example.line());
            terminal.line("      " + example.meaning());
        }
        return Main.HOLDS;
    }

    private static String padded(String text) {
        return text + " ".repeat(Math.max(1, INDENT - text.length()));
    }

    private static void wrapped(Terminal terminal, String first, String indent, String text) {
        StringBuilder line = new StringBuilder(first);
        boolean fresh = true;
        for (String word : text.split(" (?![^\\[]*\\])")) {
            if (!fresh && line.length() + 1 + word.length() > COLUMNS) {
                terminal.line(line.toString());
                line.setLength(0);
                line.append(indent);
                fresh = true;
            }
            line.append(fresh ? "" : " ").append(word);
            fresh = false;
        }
        terminal.line(line.toString());
    }
}
