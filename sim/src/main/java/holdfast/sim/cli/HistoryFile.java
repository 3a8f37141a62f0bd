package holdfast.sim.cli;

import holdfast.sim.check.format.Court;
import holdfast.sim.check.format.Judgement;
import holdfast.sim.check.format.Model;
import holdfast.sim.check.format.page.Exhibit;
import holdfast.sim.history.format.Damage;
import holdfast.sim.history.format.Datum;
import holdfast.sim.history.format.DatumText;
import holdfast.sim.history.format.Entries;
import holdfast.sim.history.format.Entry;
import holdfast.sim.history.format.Format;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A recorded history on disk: read, recognised and taken in by a court.
final class HistoryFile {

    /// Enough events of clients to recognise a model by.
    private static final int FIRST_MAX = 200;

    private final String name;
    private final List<Exhibit.Mark> marks = new ArrayList<>();
    private long[] times = new long[0];
    private int timed;
    private Datum.Table header;
    private Model model;
    private boolean guessed;
    private Court court;

    private HistoryFile(String name) {
        this.name = name;
    }

    /// The events of a file.
    static Input<Entries> entries(String name, String format) {
        Format known = Format.named(format);
        if (known == null && !format.equals("auto")) {
            return new Input.Bad<>("--format '" + format + "' is no format that is known; see ./holdfast help history check");
        }
        try {
            String text = Files.readString(Path.of(name));
            return new Input.Good<>((known == null ? Format.of(text) : known).read(text));
        } catch (CharacterCodingException binary) {
            return new Input.Bad<>("cannot read " + name + ": it is not text in UTF-8");
        } catch (IOException failed) {
            return new Input.Bad<>("cannot read " + Failures.of(failed));
        } catch (InvalidPathException inexpressible) {
            return new Input.Bad<>("cannot read '" + name + "': that is no name of a file");
        }
    }

    /// The file with all of its events taken in.
    ///
    /// @param draws whether a picture is wanted: then everything it needs is kept
    static Input<HistoryFile> read(String name, String format, String model, boolean draws) {
        return switch (entries(name, format)) {
            case Input.Bad<Entries>(String sentence) -> new Input.Bad<>(sentence);
            case Input.Good<Entries>(Entries entries) -> new HistoryFile(name).take(entries, model, draws);
        };
    }

    private Input<HistoryFile> take(Entries entries, String wanted, boolean draws) {
        header = entries.header();
        List<Entry> first = new ArrayList<>();
        Entry next = entries.next();
        model = Model.named(wanted);
        guessed = model == null && header.get("model") == null;
        for (int acts = 0; next != null && acts < FIRST_MAX; next = entries.next()) {
            first.add(next);
            acts += next.isClient() ? 1 : 0;
        }
        model = model == null ? Model.of(header, first) : model;
        for (; next != null && model == Model.SET; next = entries.next()) {
            first.add(next);
        }
        if (model == null) {
            return entries.damage() == null ? new Input.Bad<>(unknown(first.isEmpty())) : damaged(entries.damage());
        }
        court = model.court(header, first, draws);
        for (Entry entry : first) {
            String complaint = take(entry, draws);
            if (!complaint.isEmpty()) {
                return damaged(new Damage(entry.line(), complaint));
            }
        }
        return takeRest(entries, next, draws);
    }

    private String unknown(boolean empty) {
        Datum named = header.get("model");
        return named != null
                ? "cannot judge " + name + ": it is about '" + named.name() + "', which is no model that is known; see"
                        + " ./holdfast help history check"
                : empty
                        ? "cannot read " + name + ": there is no event in it"
                        : "cannot tell what " + name + " is about; name it with --model";
    }

    private Input<HistoryFile> takeRest(Entries entries, Entry begun, boolean draws) {
        for (Entry entry = begun == null ? entries.next() : begun; entry != null; entry = entries.next()) {
            String complaint = take(entry, draws);
            if (!complaint.isEmpty()) {
                return damaged(new Damage(entry.line(), complaint));
            }
        }
        return entries.damage() == null ? new Input.Good<>(this) : damaged(entries.damage());
    }

    private Input<HistoryFile> damaged(Damage damage) {
        return new Input.Bad<>(name + ", line " + damage.line() + ": " + damage.reason());
    }

    private String take(Entry entry, boolean draws) {
        int before = court.events();
        String complaint = court.take(entry);
        if (draws) {
            if (!entry.isClient()) {
                String value = entry.value().isNil() ? "" : " " + DatumText.edn(entry.value());
                marks.add(new Exhibit.Mark(entry.process(), before, entry.f() + value));
            } else if (court.events() > before && entry.fields().get("time") instanceof Datum.Number(long time)) {
                time(before, time);
            }
        }
        return complaint;
    }

    private void time(int event, long time) {
        if (event >= times.length) {
            times = Arrays.copyOf(times, Math.max(16, event * 2));
        }
        times[event] = time;
        timed++;
    }

    Court court() {
        return court;
    }

    Model model() {
        return model;
    }

    /// Another object that the history may be about, or null: only where nobody said what it is about.
    Model rival() {
        return guessed ? model.rival() : null;
    }

    /// Everything a page shows, once it has been judged.
    Exhibit exhibit(Judgement judgement) {
        boolean complete = timed == court.events() && timed > 0;
        return new Exhibit(
                Path.of(name).getFileName().toString(),
                model.written(),
                header,
                judgement,
                court.deeds(),
                court.order(),
                court.spans(),
                marks,
                complete ? Arrays.copyOf(times, timed) : new long[0]);
    }
}
