package holdfast.sim.history;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.stream.Command;
import java.util.List;

/// What a client asked for.
///
/// A record is identified by its content: the workload makes every content unique within a stream, so that a
/// record that comes back tells which append wrote it. No second numbering is needed, a read is recorded exactly
/// as it arrived, and bytes that nobody ever wrote cannot hide behind an id. The lists hold references to the
/// [Bytes] the client holds anyway.
public sealed interface Call {

    String stream();

    /// For [Read#session] and [Tail#session]: the read belongs to no session and promises no order with others.
    long NO_SESSION = 0;

    record Create(String stream) implements Call {}

    /// One attempt to append `records`. Attempts with the same producer triple are attempts of one batch;
    /// without a producer every attempt is a batch of its own. `expectedTail` may be [Command#ANY_TAIL].
    record Append(String stream, List<Bytes> records, long expectedTail, Command.Producer producer, boolean close)
            implements Call {

        public Append {
            records = List.copyOf(records);
        }
    }

    /// `session` names a chain of reads that must never go back, or [#NO_SESSION]. It matters for
    /// [Level#LOCAL] only: linearizable reads never go back for anyone.
    record Read(String stream, long from, int recordsMax, Level level, long session) implements Call {}

    record Tail(String stream, Level level, long session) implements Call {}

    record Close(String stream) implements Call {}

    record Delete(String stream) implements Call {}
}
