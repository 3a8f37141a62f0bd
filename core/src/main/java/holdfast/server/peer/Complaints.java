package holdfast.server.peer;

import holdfast.server.Log;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Counts what is wrong with what comes, and tells one line a minute of each kind.
public final class Complaints {

    private static final int LINES_A_MINUTE = 1;

    private final Log log;
    private final Map<Complaint, LongAdder> counts = new EnumMap<>(Complaint.class);
    private final Map<Complaint, Rarely> lines = new EnumMap<>(Complaint.class);

    Complaints(Log log, LongSupplier nanoTime) {
        this.log = log;
        for (Complaint complaint : Complaint.values()) {
            counts.put(complaint, new LongAdder());
            lines.put(complaint, new Rarely(LINES_A_MINUTE, nanoTime));
        }
    }

    void tell(Complaint complaint, String sentence) {
        counts.get(complaint).increment();
        lines.get(complaint).tell(log::warn, sentence);
    }

    /// Since the process started.
    public long count(Complaint complaint) {
        return counts.get(complaint).sum();
    }
}
