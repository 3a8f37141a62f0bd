package holdfast.sim.cli;

import holdfast.sim.check.format.Judgement;
import holdfast.sim.check.format.Judgement.Ruling;
import holdfast.sim.check.format.Model;
import holdfast.sim.check.format.page.Page;
import holdfast.sim.history.format.DatumText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `./holdfast history check`: one verdict a file.
final class HistoryCheck {

    static final int UNDECIDED = 3;

    private static final String MEMORY =
            "it needs more memory than the JVM may use; give a smaller --budget, or HOLDFAST_JVM=-Xmx8g or more";
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Arguments arguments;
    private final List<String> files;
    private final Terminal terminal;
    private boolean refuted;
    private boolean unreadable;
    private boolean undecided;

    HistoryCheck(Arguments arguments, List<String> files, Terminal terminal) {
        this.arguments = arguments;
        this.files = files;
        this.terminal = terminal;
    }

    int run() {
        String model = arguments.text("--model", "auto");
        if (Model.named(model) == null && !model.equals("auto")) {
            return terminal.refuse("--model '" + model + "' is no model that is known; see ./holdfast help history check");
        }
        if (arguments.has("--html") && files.size() > 1) {
            return terminal.refuse("--html draws one history; give one FILE");
        }
        for (String file : files) {
            try {
                check(file, model);
            } catch (OutOfMemoryError _) {
                unreadable = true;
                terminal.refuse("cannot judge " + file + ": " + MEMORY);
            }
        }
        if (refuted) {
            return Main.FAILED;
        }
        return unreadable ? Main.BAD_INPUT : undecided ? UNDECIDED : Main.HOLDS;
    }

    private void check(String name, String model) {
        long started = System.nanoTime();
        switch (HistoryFile.read(name, arguments.text("--format", "auto"), model, arguments.has("--html"))) {
            case Input.Bad<HistoryFile>(String sentence) -> {
                unreadable = true;
                terminal.refuse(sentence);
            }
            case Input.Good<HistoryFile>(HistoryFile file) -> {
                Judgement judgement =
                        file.court().judge(arguments.number("--budget", HistoryCommands.DEFAULT_BUDGET));
                long millis = (System.nanoTime() - started) / NANOS_PER_MILLI;
                tell(name, file, judgement, millis);
                draw(file, judgement);
            }
        }
    }

    private void tell(String name, HistoryFile file, Judgement judgement, long millis) {
        refuted |= judgement.ruling() == Ruling.NOT_LINEARIZABLE;
        undecided |= judgement.ruling() == Ruling.UNDECIDED;
        terminal.lineNow(arguments.has("--json")
                ? json(name, file, judgement, millis)
                : text(name, judgement, millis) + doubt(file, judgement));
    }

    private String text(String name, Judgement judgement, long millis) {
        String ruling = judgement.ruling().text();
        String coloured = judgement.ruling() == Ruling.LINEARIZABLE ? terminal.green(ruling) : terminal.red(ruling);
        String reason = judgement.reason().isEmpty() ? "" : ": " + judgement.reason();
        return name + ": " + coloured + ", " + judgement.operations() + " operations, " + millis + " ms" + reason;
    }

    /// What to ask for if a refutation comes from a wrong guess.
    private static String doubt(HistoryFile file, Judgement judgement) {
        return judgement.ruling() == Ruling.NOT_LINEARIZABLE && file.rival() != null
                ? " (guessed to be a " + file.model().written() + "; name it with --model, as for instance "
                        + file.rival().written() + ")"
                : "";
    }

    private static String json(String name, HistoryFile file, Judgement judgement, long millis) {
        StringBuilder out = new StringBuilder("{\"file\":");
        DatumText.quoted(out, name);
        out.append(",\"model\":\"").append(file.model().written());
        out.append("\",\"verdict\":\"").append(judgement.ruling().text());
        out.append("\",\"operations\":").append(judgement.operations()).append(",\"ms\":").append(millis);
        if (judgement.first() != Judgement.NONE) {
            out.append(",\"first\":").append(judgement.first());
        }
        if (judgement.second() != Judgement.NONE) {
            out.append(",\"second\":").append(judgement.second());
        }
        if (!judgement.reason().isEmpty()) {
            DatumText.quoted(out.append(",\"reason\":"), judgement.reason());
        }
        return out.append('}').toString();
    }

    private void draw(HistoryFile file, Judgement judgement) {
        if (!arguments.has("--html")) {
            return;
        }
        try {
            Files.writeString(Path.of(arguments.text("--html", "")), Page.html(file.exhibit(judgement)));
        } catch (IOException failed) {
            unreadable = true;
            terminal.refuse("cannot write the page " + Failures.of(failed) + "; name another file");
        }
    }
}
