package holdfast.sim.history.format;

import holdfast.sim.history.HistoryText;

/// The formats that can be read.
public enum Format {
    /// Ours: one JSON object a line, Jepsen's field names.
    JSONL("jsonl"),
    /// Jepsen's histories.
    EDN("edn"),
    /// What `jepsen.util` logs.
    JEPSEN_LOG("jepsen-log"),
    /// Porcupine's key-value data: EDN, with the key beside the value.
    PORCUPINE_KV("porcupine-kv"),
    /// What S2's collector writes.
    S2("s2"),
    /// What monitors of concurrent data structures read: lines of calls and returns.
    VIOLIN("violin"),
    /// The simulator's own text.
    TEXT("text");

    private final String written;

    Format(String written) {
        this.written = written;
    }

    /// The word on the command line.
    public String written() {
        return written;
    }

    /// The format by its word, or null.
    public static Format named(String word) {
        for (Format format : values()) {
            if (format.written.equals(word)) {
                return format;
            }
        }
        return null;
    }

    /// The format that the text seems to have.
    public static Format of(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        String begin = text.substring(at, Math.min(text.length(), at + 4096));
        if (begin.startsWith(HistoryText.HEADER)) {
            return TEXT;
        }
        if (begin.startsWith("{\"") || begin.startsWith("{ \"")) {
            return begin.contains("\"event\"") ? S2 : JSONL;
        }
        if (CallEntries.isOne(text)) {
            return VIOLIN;
        }
        if (begin.startsWith("{") || begin.startsWith("[") || begin.startsWith("#") || begin.startsWith("(")) {
            return begin.startsWith("{:process") && begin.contains(":key \"") ? PORCUPINE_KV : EDN;
        }
        return LogEntries.isOne(text) ? JEPSEN_LOG : EDN;
    }

    /// The events of a text.
    public Entries read(String text) {
        return switch (this) {
            case JSONL, S2 -> new JsonLines(text);
            case EDN, PORCUPINE_KV -> new EdnEntries(text);
            case VIOLIN -> new CallEntries(text);
            case JEPSEN_LOG -> new LogEntries(text);
            case TEXT -> switch (HistoryText.parse(text)) {
                case HistoryText.Parsed.Whole(var history) -> new StreamEntries(history);
                case HistoryText.Parsed.Damaged(int line, String sentence) -> new NoEntries(new Damage(line, sentence));
            };
        };
    }

    /// A file that cannot be read at all.
    private record NoEntries(Damage damage) implements Entries {

        @Override
        public Entry next() {
            return null;
        }

        @Override
        public Datum.Table header() {
            return new StreamWords.Fields().table();
        }
    }
}
