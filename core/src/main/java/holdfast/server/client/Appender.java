package holdfast.server.client;

import holdfast.Bytes;
import holdfast.server.http.Headers;

/// Appends to one stream so that a retry never appends twice: each append has a number of this producer, and is
/// sent again under that number until its outcome is known or patience ends.
public final class Appender {

    private static final int CALL_MILLIS_MAX = 5_000;
    private static final long PAUSE_MILLIS = 100;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Servers servers;
    private final String target;
    private final String contentType;
    private final String producer;
    private long seq;

    /// `target` is the stream's path; `producer` names this producer, which begins at its first number.
    public Appender(Servers servers, String target, String contentType, String producer) {
        this.servers = servers;
        this.target = target;
        this.contentType = contentType;
        this.producer = producer;
    }

    /// How one append ended.
    public sealed interface Outcome {

        /// With the receipt; `attempts` counts how often it was sent.
        record Written(Called.Answered receipt, int attempts) implements Outcome {}

        /// The servers' refusal, and no attempt before it can have written anything.
        record Refused(Called.Answered answer, int attempts) implements Outcome {}

        /// Patience ended first, or what came in the end says nothing about an attempt before it. `mayBeWritten` is false
        /// if no attempt can have had an effect.
        record Open(boolean mayBeWritten, String why) implements Outcome {}
    }

    /// Sends `body` under the next number. After [Outcome.Open] the next call must bring the same body.
    public Outcome append(Bytes body, long patienceMillis) throws InterruptedException {
        long end = System.nanoTime() + patienceMillis * NANOS_PER_MILLI;
        boolean mayBeWritten = false;
        int attempts = 0;
        while (true) {
            attempts++;
            Called called = servers.call("POST", target, headers(), body, CALL_MILLIS_MAX);
            if (called instanceof Called.Answered answer && answer.status() != 503) {
                return finished(answer, attempts, mayBeWritten);
            }
            mayBeWritten |= mayBeWritten(called);
            if (System.nanoTime() >= end) {
                return new Outcome.Open(mayBeWritten, reason(called));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /// A refusal speaks of its own attempt.
    private Outcome finished(Called.Answered answer, int attempts, boolean mayBeWritten) {
        if (!answer.isGood()) {
            return mayBeWritten
                    ? new Outcome.Open(true, "an attempt had no answer, the next one was refused: " + Problems.sentence(answer))
                    : new Outcome.Refused(answer, attempts);
        }
        seq++;
        return new Outcome.Written(answer, attempts);
    }

    private static boolean mayBeWritten(Called called) {
        return switch (called) {
            case Called.NotSent _ -> false;
            case Called.Silent _ -> true;
            case Called.Answered answer -> !Problems.isNotWritten(answer);
        };
    }

    private static String reason(Called called) {
        return switch (called) {
            case Called.NotSent(String why) -> why;
            case Called.Silent(String why) -> why;
            case Called.Answered answer -> Problems.sentence(answer);
        };
    }

    private Headers headers() {
        return Headers.of(
                "Content-Type", contentType,
                "Producer-Id", producer, "Producer-Epoch", "0", "Producer-Seq", Long.toString(seq));
    }
}
