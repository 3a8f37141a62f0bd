package holdfast.sim.cli;

import holdfast.sim.history.format.Entries;
import holdfast.sim.history.format.Writer;

/// `./holdfast history convert`: a history in the words of another tool.
final class HistoryConvert {

    private final Arguments arguments;
    private final String name;
    private final Terminal terminal;

    HistoryConvert(Arguments arguments, String name, Terminal terminal) {
        this.arguments = arguments;
        this.name = name;
        this.terminal = terminal;
    }

    int run() {
        String to = arguments.text("--to", "");
        if (!to.equals("jsonl") && !to.equals("edn")) {
            return terminal.refuse("history convert needs --to jsonl or --to edn");
        }
        return switch (HistoryFile.entries(name, arguments.text("--format", "auto"))) {
            case Input.Bad<Entries>(String sentence) -> terminal.refuse(sentence);
            case Input.Good<Entries>(Entries entries) -> write(entries, to.equals("edn"));
        };
    }

    private int write(Entries entries, boolean edn) {
        String text = edn ? Writer.edn(entries) : Writer.jsonLines(entries);
        if (entries.damage() != null) {
            return terminal.refuse(name + ", line " + entries.damage().line() + ": " + entries.damage().reason());
        }
        terminal.print(text);
        return Main.HOLDS;
    }
}
