package holdfast.sim.history.format;

/// One event of a history under Jepsen's field names.
///
/// `FAIL` says that the operation certainly had no effect and observed nothing; a refusal that saw something is an
/// `OK` with the refusal as its value.
///
/// @param line where it stands in the file, from 1
/// @param process who acts: a number for clients, a name for everybody else
/// @param fields everything the event has
public record Entry(int line, String process, Type type, String f, Datum value, Datum.Table fields) {

    /// A longer number of a process would be a name.
    private static final int DIGITS_MAX = 18;

    /// What an event says about its operation.
    public enum Type {
        INVOKE("invoke"),
        OK("ok"),
        FAIL("fail"),
        INFO("info");

        private final String written;

        Type(String written) {
            this.written = written;
        }

        /// The word in files.
        public String written() {
            return written;
        }
    }

    /// Whether a client acts, and not a nemesis or a node.
    public boolean isClient() {
        for (int i = 0; i < process.length(); i++) {
            if (process.charAt(i) < '0' || process.charAt(i) > '9') {
                return false;
            }
        }
        return !process.isEmpty() && process.length() <= DIGITS_MAX;
    }
}
