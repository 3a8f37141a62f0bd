package holdfast.server.streams;

import holdfast.Bytes;
import holdfast.node.ClientReply;
import holdfast.server.http.Headers;
import holdfast.server.http.Request;
import holdfast.server.http.Response;
import holdfast.stream.Command;
import holdfast.stream.ContentTypes;
import holdfast.stream.CommandCodec;
import holdfast.stream.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// POST: append, append and close, close.
final class AppendRoute {

    private final Writes writes;
    private final StreamReads reads;
    private final StreamsConfig config;
    private final WriteAnswers answers;

    AppendRoute(Writes writes, StreamReads reads, StreamsConfig config) {
        this.writes = writes;
        this.reads = reads;
        this.config = config;
        answers = new WriteAnswers(config.cluster());
    }

    Response handle(Request request, String name) throws InterruptedException {
        Headers headers = request.headers();
        ProducerHeaders.Parsed producer = ProducerHeaders.of(headers);
        if (producer.refusal() != null) {
            return producer.refusal();
        }
        boolean close = Settings.isClosed(headers);
        if (!request.body().isEmpty()) {
            return append(request, name, producer.producer(), close);
        }
        if (!close) {
            return Problem.notWritten(400, "empty-body", "an append has a body, unless it closes the stream");
        }
        return producer.producer().isNone()
                ? submit(new Command.Close(name), producer.producer())
                : submit(command(name, List.of(), "", request, producer.producer(), true), producer.producer());
    }

    private Response append(Request request, String name, Command.Producer producer, boolean close)
            throws InterruptedException {
        String contentType = request.headers().first("Content-Type");
        if (contentType == null || contentType.isEmpty()) {
            return Problem.notWritten(400, "no-content-type", "an append names the content type of its body");
        }
        if (!Media.isType(contentType)) {
            return Media.refused();
        }
        Records.Parsed records = Records.ofAppend(request.body(), contentType);
        if (records.refusal() != null) {
            return refused(name, contentType, records.refusal());
        }
        return submit(command(name, records.records(), contentType, request, producer, close), producer);
    }

    /// Of two wrongs the one with the stream is told: that it is not there, is closed, or holds something else.
    private Response refused(String name, String contentType, Response ofBody) throws InterruptedException {
        return switch (reads.tail(name, false, ReadLevel.LINEARIZABLE)) {
            case ClientReply.NoSuchStream _ -> WriteAnswers.noSuchStream();
            case ClientReply.StreamGone _ -> WriteAnswers.gone();
            case ClientReply.Tail tail when tail.closed() -> WriteAnswers.closed(tail.tail());
            case ClientReply.Tail tail when !ContentTypes.same(contentType, tail.view().setup().contentType()) ->
                    WriteAnswers.wrongContentType(tail.view().setup().contentType());
            case ClientReply _ -> ofBody;
        };
    }

    private static Command.Append command(
            String name,
            List<Bytes> records,
            String contentType,
            Request request,
            Command.Producer producer,
            boolean close) {
        String sequence = request.headers().first(StreamHeaders.SEQ);
        Bytes sequenceBytes = sequence == null
                ? Bytes.EMPTY
                : Bytes.wrap(sequence.getBytes(StandardCharsets.ISO_8859_1));
        return new Command.Append(
                name, records, expectedTail(request), producer, close, contentType, sequenceBytes, Stamp.NONE);
    }

    /// What is no offset of ours expects a tail that no stream has, and is refused as that.
    private static long expectedTail(Request request) {
        String expected = request.headers().first(StreamHeaders.EXPECTED_OFFSET);
        if (expected == null) {
            return Command.ANY_TAIL;
        }
        return Offset.parse(expected) instanceof Offset.At at ? at.offset() : Long.MAX_VALUE;
    }

    private Response submit(Command command, Command.Producer producer) throws InterruptedException {
        String refusal = CommandCodec.refusal(command, config.commandBytesMax());
        if (!refusal.isEmpty()) {
            return WriteAnswers.refused(command, refusal, config.commandBytesMax());
        }
        return switch (writes.write(command)) {
            case ClientReply.Applied applied -> answers.appended(applied, producer);
            case ClientReply.NotWritten n -> Problem.refused(n);
            case ClientReply.Unknown u -> Problem.unknown(u);
            case ClientReply other -> throw new IllegalStateException("no answer to a write: " + other);
        };
    }
}
