package holdfast.server.streams;

import holdfast.Bytes;
import holdfast.node.ClientReply;
import holdfast.server.http.Headers;
import holdfast.server.http.Response;
import holdfast.stream.Command;
import holdfast.stream.CommandBounds;
import holdfast.stream.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What the machine said, in HTTP.
final class WriteAnswers {

    private static final long MILLIS_PER_SECOND = 1_000;

    private final String cluster;

    WriteAnswers(String cluster) {
        this.cluster = cluster;
    }

    /// A command that is outside its bounds: too large, or it contradicts itself.
    static Response refused(Command command, String refusal, int bytesMax) {
        List<?> records = switch (command) {
            case Command.Create create -> create.records();
            case Command.Append append -> append.records();
            case Command.Close _, Command.Delete _, Command.Touch _ -> List.of();
        };
        boolean isTooLarge = records.size() > CommandBounds.RECORDS_MAX || refusal.contains("at most " + bytesMax);
        return Problem.notWritten(isTooLarge ? 413 : 400, isTooLarge ? "too-large" : "bad-request", refusal);
    }

    /// To a POST.
    Response appended(ClientReply.Applied applied, Command.Producer producer) {
        return switch (applied.outcome()) {
            case Outcome.Appended a -> {
                Headers headers = done(applied, a.next(), a.closed()).add(StreamHeaders.DIGEST, a.digest().toString());
                yield addProducer(headers, producer, a.lastSeq(), !a.duplicate() && a.next() > a.first());
            }
            case Outcome.DuplicateForgotten f ->
                    addProducer(done(applied, f.tail(), false), producer, f.lastSeq(), false);
            case Outcome.Closed c -> Response.of(204, done(applied, c.tail(), true));
            case Outcome.StreamClosed c -> closed(c.tail());
            case Outcome.WrongContentType w -> wrongContentType(w.streams());
            case Outcome.SequenceBehind b -> Problem.notWritten(
                    409, "sequence-behind", "Stream-Seq must be greater than " + latin1(b.last()));
            case Outcome.SequenceGap gap -> gap(gap);
            case Outcome.Fenced f -> Problem.notWritten(
                    403,
                    "fenced",
                    "the producer goes on in epoch " + f.currentEpoch(),
                    new Headers().add(StreamHeaders.PRODUCER_EPOCH, Long.toString(f.currentEpoch())));
            case Outcome.ProducerForgotten f -> forgotten(f.epoch());
            case Outcome.TooManyProducers t -> tooManyProducers(t.waitMillis());
            case Outcome.WrongTail w -> Problem.notWritten(
                    412,
                    "wrong-tail",
                    "the stream ends elsewhere",
                    new Headers().add(StreamHeaders.NEXT_OFFSET, Offset.text(w.tail())));
            case Outcome.NoSuchStream _ -> noSuchStream();
            case Outcome.Gone _ -> gone();
            case Outcome.Created _, Outcome.AlreadyExists _, Outcome.Deleted _, Outcome.Touched _,
                    Outcome.ForkRefused _, Outcome.RequestForgotten _ ->
                    throw new IllegalStateException("no outcome of an append: " + applied.outcome());
        };
    }

    /// New data of a producer is 200, everything else that is well is 204.
    private static Response addProducer(
            Headers headers, Command.Producer producer, long lastSeq, boolean isNewData) {
        if (producer.isNone()) {
            return Response.of(204, headers);
        }
        headers.add(StreamHeaders.PRODUCER_EPOCH, Long.toString(producer.epoch()));
        headers.add(StreamHeaders.PRODUCER_SEQ, Long.toString(lastSeq));
        return Response.of(isNewData ? 200 : 204, headers);
    }

    private static Response gap(Outcome.SequenceGap gap) {
        if (gap.newEpoch()) {
            return Problem.notWritten(400, "bad-producer", "a new epoch begins with seq 0");
        }
        Headers headers = new Headers()
                .add(StreamHeaders.EXPECTED_SEQ, Long.toString(gap.expectedSeq()))
                .add(StreamHeaders.RECEIVED_SEQ, Long.toString(gap.receivedSeq()));
        String detail = "the producer's next seq is " + gap.expectedSeq() + ", not " + gap.receivedSeq();
        return Problem.notWritten(409, "sequence-gap", detail, headers);
    }

    /// The status and the header that the protocol has for a stale epoch, so that a client which claims the next epoch
    /// by itself does the right thing here as well.
    private static Response forgotten(long epoch) {
        return Problem.notWritten(
                403,
                "producer-forgotten",
                "the stream does not know this producer, or no longer; this attempt wrote nothing, and whether an earlier one"
                        + " did can only be read in the stream; the producer may go on above epoch " + epoch + ", from seq 0",
                new Headers().add(StreamHeaders.PRODUCER_EPOCH, Long.toString(epoch)));
    }

    private static Response tooManyProducers(long waitMillis) {
        long seconds = (waitMillis + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND;
        return Problem.notWritten(
                429,
                "too-many-producers",
                "too many new producers have appended to this stream lately; those that it knows may go on, and there is room"
                        + " for another in " + seconds + " s",
                new Headers().add("Retry-After", Long.toString(seconds)));
    }

    static Response wrongContentType(String streams) {
        return Problem.notWritten(409, "wrong-content-type", "the stream holds " + streams);
    }

    static Response closed(long tail) {
        Headers headers = new Headers()
                .add(StreamHeaders.CLOSED, "true")
                .add(StreamHeaders.NEXT_OFFSET, Offset.text(tail));
        return Problem.notWritten(409, "stream-closed", "the stream is closed", headers);
    }

    /// To a PUT; `location` is where the stream then is.
    Response created(ClientReply.Applied applied, String location) {
        return switch (applied.outcome()) {
            case Outcome.Created c -> {
                Headers headers = done(applied, c.tail(), c.closed())
                        .add("Content-Type", c.contentType())
                        .add("Location", location)
                        .add(StreamHeaders.DIGEST, c.digest().toString());
                yield Response.of(201, headers);
            }
            case Outcome.AlreadyExists a when a.asAsked() -> Response.of(
                    200, done(applied, a.tail(), a.closed()).add("Content-Type", a.contentType()));
            case Outcome.AlreadyExists _ -> Problem.notWritten(
                    409, "exists-otherwise", "the stream exists with another setup");
            case Outcome.Gone _ -> Problem.notWritten(
                    409, "stream-gone", "the stream was deleted, and its name is taken while it has forks");
            case Outcome.ForkRefused refused -> Problem.notWritten(
                    statusOf(refused.reason()), "fork-refused", refused.reason().text());
            case Outcome.Appended _, Outcome.DuplicateForgotten _, Outcome.Closed _, Outcome.Deleted _,
                    Outcome.Touched _, Outcome.NoSuchStream _, Outcome.WrongTail _, Outcome.StreamClosed _,
                    Outcome.WrongContentType _, Outcome.SequenceBehind _, Outcome.SequenceGap _, Outcome.Fenced _,
                    Outcome.ProducerForgotten _, Outcome.TooManyProducers _, Outcome.RequestForgotten _ ->
                    throw new IllegalStateException("no outcome of a creation: " + applied.outcome());
        };
    }

    private static int statusOf(Outcome.ForkRefused.Reason reason) {
        return switch (reason) {
            case NO_SUCH_SOURCE -> 404;
            case SOURCE_GONE, SOURCE_CHANGED, WRONG_CONTENT_TYPE -> 409;
            case PAST_TAIL, TOO_DEEP -> 400;
        };
    }

    /// To a DELETE.
    Response deleted(ClientReply.Applied applied) {
        return switch (applied.outcome()) {
            case Outcome.Deleted _ -> {
                Headers headers = new Headers();
                StreamHeaders.addReceipt(headers, applied.receipt(), cluster);
                yield Response.of(204, headers);
            }
            case Outcome.NoSuchStream _ -> noSuchStream();
            case Outcome.Gone _ -> gone();
            case Outcome.Created _, Outcome.AlreadyExists _, Outcome.Appended _, Outcome.DuplicateForgotten _,
                    Outcome.Closed _, Outcome.Touched _, Outcome.WrongTail _, Outcome.StreamClosed _,
                    Outcome.WrongContentType _, Outcome.SequenceBehind _, Outcome.SequenceGap _, Outcome.Fenced _,
                    Outcome.ProducerForgotten _, Outcome.TooManyProducers _, Outcome.ForkRefused _,
                    Outcome.RequestForgotten _ ->
                    throw new IllegalStateException("no outcome of a deletion: " + applied.outcome());
        };
    }

    private Headers done(ClientReply.Applied applied, long tail, boolean closed) {
        Headers headers = new Headers().add(StreamHeaders.NEXT_OFFSET, Offset.text(tail));
        StreamHeaders.addClosed(headers, closed);
        StreamHeaders.addReceipt(headers, applied.receipt(), cluster);
        return headers;
    }

    /// A header's value is bytes, and not always UTF-8.
    private static String latin1(Bytes value) {
        return new String(value.toArray(), StandardCharsets.ISO_8859_1);
    }

    static Response noSuchStream() {
        return Problem.notWritten(404, "no-such-stream", "there is no stream of this name");
    }

    static Response gone() {
        return Problem.notWritten(410, "stream-gone", "the stream was deleted or has expired");
    }
}
