package holdfast.server.config;

import holdfast.server.Log;
import java.util.Locale;

/// Every setting of a server, with its one name: `--election-timeout 800` on the command line,
/// `HOLDFAST_ELECTION_TIMEOUT=800` in the environment, `election-timeout = 800` in a file.
public enum Setting {

    NODE("node", "N", "", "this node's id, to make sure that it is the store's", new Shape.Number(1, Integer.MAX_VALUE)),
    PEERS("peers", "1=HOST:PORT,...", "",
            "every voter and where it listens for the others (default: as the cluster was formed)", new Shape.Text()),
    HTTP("http", "HOST:PORT", "127.0.0.1:4437", "where this node answers HTTP; port 0 takes a free one",
            new Shape.Address()),
    ADVERTISE("advertise", "HOST:PORT", "", "where others reach this node's HTTP (default: as it listens)",
            new Shape.Address()),
    ADMIN("admin", "HOST:PORT", "", "where /healthz, /readyz, /metrics and /v1/status are answered as well, whatever clients do"
            + " at --http (default: nowhere else)", new Shape.Address()),
    PEER_LISTEN("peer-listen", "HOST:PORT", "", "where this node listens for the others (default: its entry in peers)",
            new Shape.Address()),
    DATA("data", "DIR", "holdfast-data", "the data directory of this node and no other", new Shape.Text()),
    LOG("log", "LEVEL", "info", "the lowest level of log lines: debug, info, warn, error", new Shape.Level()),
    ELECTION_TIMEOUT("election-timeout", "MS", "500", "silence of the leader after which a node asks for votes",
            new Shape.Number(50, 60_000)),
    HEARTBEAT("heartbeat", "MS", "100", "pause between words of an idle leader", new Shape.Number(5, 30_000)),
    APPEND_BYTES("append-bytes", "SIZE", "16m", "bound on one append", new Shape.Size(4 << 10, 24 << 20)),
    SEGMENT_BYTES("segment-bytes", "SIZE", "32m", "size of one file of the log", new Shape.Size(1 << 20, 1 << 30)),
    SNAPSHOT_BYTES("snapshot-bytes", "SIZE", "64m", "log in memory after which a snapshot is taken",
            new Shape.Size(64 << 10, 1 << 30)),
    LONG_POLL("long-poll", "MS", "20000", "how long a long-poll waits for something new",
            new Shape.Number(100, 60_000)),
    CONNECTIONS("connections", "N", "4096", "bound on open HTTP connections", new Shape.Number(1, 65_536)),
    CORS("cors", "ORIGIN,...", "", "web pages that may use this node, as in https://app.example; * for all (default: none)",
            new Shape.Origins()),
    PARENT("parent", "PID", "0", "a process with which this one ends; 0 for none",
            new Shape.Number(0, Integer.MAX_VALUE)),
    TEST_HOOKS("test-hooks", "", "no", "lets anyone with HTTP access break this node's disk and network",
            new Shape.Flag());

    private final String written;
    private final String value;
    private final String otherwise;
    private final String help;
    private final Shape shape;

    Setting(String written, String value, String otherwise, String help, Shape shape) {
        this.written = written;
        this.value = value;
        this.otherwise = otherwise;
        this.help = help;
        this.shape = shape;
    }

    /// What a value must look like.
    private sealed interface Shape {

        record Text() implements Shape {}

        record Flag() implements Shape {}

        record Address() implements Shape {}

        record Level() implements Shape {}

        record Origins() implements Shape {}

        record Number(long least, long most) implements Shape {}

        record Size(long least, long most) implements Shape {}
    }

    /// Null if there is none of that name.
    public static Setting named(String name) {
        for (Setting setting : values()) {
            if (setting.written.equals(name)) {
                return setting;
            }
        }
        return null;
    }

    public String written() {
        return written;
    }

    public String environmentName() {
        return "HOLDFAST_" + written.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /// Name of the value in the help; empty for a flag.
    public String valueName() {
        return value;
    }

    /// The value when nothing is said; may be empty.
    public String otherwise() {
        return otherwise;
    }

    public String help() {
        return help;
    }

    public boolean isFlag() {
        return shape instanceof Shape.Flag;
    }

    /// What is wrong with a value, as the end of a sentence that began with the setting's name; empty if nothing.
    String refusal(String text) {
        return switch (shape) {
            case Shape.Text _ -> text.isBlank() ? "needs a value" : "";
            case Shape.Flag _ -> text.equals("yes") || text.equals("no") ? "" : "is yes or no" + not(text);
            case Shape.Address _ -> HostPort.parse(text) != null ? "" : "is HOST:PORT" + not(text);
            case Shape.Level _ -> level(text) != null ? "" : "is debug, info, warn or error" + not(text);
            case Shape.Origins _ -> Origins.parse(text) != null
                    ? "" : "is * or a list of origins like https://app.example,http://localhost:3000" + not(text);
            case Shape.Number(long least, long most) -> isWithin(Sizes.digits(text), least, most)
                    ? "" : "is a whole number from " + least + " to " + most + not(text);
            case Shape.Size(long least, long most) -> isWithin(Sizes.parse(text), least, most)
                    ? "" : "is a size from " + least + " to " + most + " bytes, as in 64k or 16m" + not(text);
        };
    }

    private static boolean isWithin(long number, long least, long most) {
        return number >= least && number <= most;
    }

    private static String not(String text) {
        return ", not '" + text + "'";
    }

    static Log.Level level(String text) {
        for (Log.Level level : Log.Level.values()) {
            if (level.name().toLowerCase(Locale.ROOT).equals(text)) {
                return level;
            }
        }
        return null;
    }
}
