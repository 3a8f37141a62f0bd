package holdfast.sim.check.format;

import holdfast.sim.history.format.Damage;
import holdfast.sim.history.format.Entries;
import holdfast.sim.history.format.Entry;
import holdfast.sim.history.format.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Folders of recorded histories, each with a table of verdicts: our own, and those of others where they are laid
/// beside the project.
final class RecordedHistories {

    private RecordedHistories() {}

    /// One line of a table.
    record Recorded(Path file, String verdict) {

        @Override
        public String toString() {
            return file.getFileName().toString();
        }
    }

    /// Ours, in this folder of the test resources.
    static Path own() {
        return module().resolve("src/test/resources/holdfast/sim/check/format");
    }

    /// The example of the guide's chapter on refutations.
    static Path guide() {
        return module().resolve("../docs/guide/stale-read.jsonl").normalize();
    }

    /// Those of others: in `-Dholdfast.histories`, or in `shared/histories` beside the project.
    static Path shared() {
        String named = System.getProperty("holdfast.histories", "");
        return named.isEmpty() ? module().resolve("../../shared/histories").normalize() : Path.of(named);
    }

    /// The folder of this module, wherever the tests run.
    private static Path module() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("sim/src/test"))) {
            folder = folder.getParent();
        }
        return folder.resolve("sim");
    }

    /// The table of a folder, without the files that have no verdict.
    static List<Recorded> table(Path folder) {
        List<Recorded> table = new ArrayList<>();
        for (String line : text(folder.resolve("verdicts.tsv")).lines().skip(1).toList()) {
            String[] columns = line.split("\t");
            String verdict = switch (columns[2]) {
                case "true" -> Judgement.Ruling.LINEARIZABLE.text();
                case "false" -> Judgement.Ruling.NOT_LINEARIZABLE.text();
                default -> columns[2];
            };
            if (!verdict.equals("-")) {
                table.add(new Recorded(folder.resolve(columns[0]), verdict));
            }
        }
        return table;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The verdict on a text, or where it is damaged.
    static Judgement judgement(String text, long configurations) {
        Entries entries = Format.of(text).read(text);
        List<Entry> all = new ArrayList<>();
        for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
            all.add(entry);
        }
        if (entries.damage() != null) {
            throw new AssertionError(entries.damage().toString());
        }
        Court court = Model.of(entries.header(), all).court(entries.header(), all, false);
        for (Entry entry : all) {
            String complaint = court.take(entry);
            if (!complaint.isEmpty()) {
                throw new AssertionError(new Damage(entry.line(), complaint).toString());
            }
        }
        return court.judge(configurations);
    }
}
