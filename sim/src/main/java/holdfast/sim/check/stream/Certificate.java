package holdfast.sim.check.stream;

import holdfast.Bytes;
import java.util.List;

/// Where records stand, as the system itself says: a hint to whoever looks for an order. What it says is not
/// an observation and is never believed. If the order it proposes passes the judge, the history is linearizable,
/// whatever the source of the hint; if not, nothing follows from it.
@FunctionalInterface
public interface Certificate {

    /// No hint.
    Certificate NONE = _ -> List.of();

    /// The committed records of the stream from offset 0 on.
    List<Bytes> records(String stream);
}
