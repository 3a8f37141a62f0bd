package holdfast.torture;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.sim.history.Call;
import holdfast.stream.Command;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Small streams beside the stage that are made, written, deleted and made again by all clients at once. What a deleted
/// stream may show is found by a search, so each gets a few calls only; then the next one begins.
final class Aside {

    private static final int CALLS_MAX = 36;

    private final AtomicInteger calls = new AtomicInteger();

    static String name(int number) {
        return "aside-" + number;
    }

    /// The streams so far, numbered from 1.
    int streams() {
        return (calls.get() + CALLS_MAX - 1) / CALLS_MAX;
    }

    /// The next call of somebody. `record` is used if it is an append.
    Call next(Bytes record, SplittableRandom random) {
        String stream = name(1 + calls.getAndIncrement() / CALLS_MAX);
        int drawn = random.nextInt(100);
        if (drawn < 22) {
            return new Call.Create(stream);
        }
        if (drawn < 57) {
            return new Call.Append(stream, List.of(record), Command.ANY_TAIL, Command.Producer.NONE, false);
        }
        if (drawn < 77) {
            return new Call.Read(stream, 0, Integer.MAX_VALUE, Level.LINEARIZABLE, Call.NO_SESSION);
        }
        if (drawn < 83) {
            return new Call.Tail(stream, Level.LINEARIZABLE, Call.NO_SESSION);
        }
        return new Call.Delete(stream);
    }
}
