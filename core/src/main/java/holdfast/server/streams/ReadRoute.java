package holdfast.server.streams;

import holdfast.Bytes;
import holdfast.node.ClientReply;
import holdfast.server.NodePort;
import holdfast.server.http.Client;
import holdfast.server.http.Headers;
import holdfast.server.http.Request;
import holdfast.server.http.Response;
import holdfast.stream.StreamView;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/// HEAD and GET: metadata, catching up, and the beginning of live reads.
final class ReadRoute {

    private final StreamReads reads;
    private final StreamsConfig config;
    private final LongPoll longPoll;
    private final EventStream eventStream;

    ReadRoute(NodePort port, StreamReads reads, StreamsConfig config, RandomGenerator random) {
        this.reads = reads;
        this.config = config;
        longPoll = new LongPoll(port, reads, config, random);
        eventStream = new EventStream(port, reads, config, random);
    }

    // ---- HEAD ----------------------------------------------------------------------------------------------

    Response head(Request request, String name) throws InterruptedException {
        ReadLevel.Parsed level = ReadLevel.of(request, config.cluster());
        if (level.refusal() != null) {
            return level.refusal();
        }
        ClientReply reply = reads.tail(name, false, level.level());
        return reply instanceof ClientReply.Tail tail
                ? metadata(request, tail, level.level())
                : absent(reply, level.level());
    }

    private Response metadata(Request request, ClientReply.Tail tail, ReadLevel level) {
        Headers headers = place(tail, level)
                .add("Content-Type", contentTypeOf(tail.view()))
                .add(StreamHeaders.DIGEST, tail.digest().toString())
                .add("Cache-Control", "no-store");
        StreamHeaders.addLife(headers, tail.view());
        Response refusal = Conditions.refusalOfRead(request.headers(), null, headers);
        return refusal != null ? refusal : Response.of(200, headers);
    }

    private static String contentTypeOf(StreamView view) {
        return view.setup().contentType().isEmpty() ? Media.DEFAULT : view.setup().contentType();
    }

    private Headers place(ClientReply.Tail tail, ReadLevel level) {
        Headers headers = new Headers().add(StreamHeaders.NEXT_OFFSET, Offset.text(tail.tail()));
        StreamHeaders.addClosed(headers, tail.closed());
        level.addTo(headers, config.cluster(), tail.index());
        return headers;
    }

    // ---- GET -----------------------------------------------------------------------------------------------

    Response get(Request request, String name, Client client) throws IOException, InterruptedException {
        ReadLevel.Parsed level = ReadLevel.of(request, config.cluster());
        if (level.refusal() != null) {
            return level.refusal();
        }
        Query query = new Query(request.query());
        Offset offset = offset(request, query);
        if (query.isMalformed() || offset instanceof Offset.Malformed) {
            return Problem.of(400, "bad-offset", "an offset is one that this server gave, -1 or now");
        }
        if (query.values("live").size() > 1 || query.values("cursor").size() > 1) {
            return Problem.of(400, "bad-live", "live and cursor stand in a query once");
        }
        return switch (query.value("live")) {
            case null -> catchUp(request, name, offset, level.level());
            case "long-poll", "sse" -> live(name, offset, query, level.level(), client);
            default -> Problem.of(400, "bad-live", "a live read is long-poll or sse");
        };
    }

    /// A browser that opens an event stream again asks for what it asked for at first, and says with Last-Event-ID what it
    /// has seen since.
    private static Offset offset(Request request, Query query) {
        String seen = request.headers().first(StreamHeaders.LAST_EVENT_ID);
        boolean goesOn = seen != null && !seen.isEmpty() && "sse".equals(query.value("live"));
        return Offset.parse(goesOn ? List.of(seen) : query.values("offset"));
    }

    private Response catchUp(Request request, String name, Offset offset, ReadLevel level)
            throws InterruptedException {
        if (offset instanceof Offset.Now) {
            return now(request, name, level);
        }
        long from = offset instanceof Offset.At at ? at.offset() : 0;
        ClientReply reply = reads.read(name, from, level);
        if (!(reply instanceof ClientReply.Records records)) {
            return absent(reply, level);
        }
        Chunk chunk = Chunk.of(records);
        Headers headers = new Headers()
                .add("ETag", chunk.etag())
                .add("Cache-Control", chunk.cacheControl(level));
        chunk.addPlace(headers);
        level.addTo(headers, config.cluster(), records.index());
        Response refusal = Conditions.refusalOfRead(request.headers(), chunk.etag(), headers);
        if (refusal != null) {
            return refusal;
        }
        StreamHeaders.addLife(headers, records.view());
        return new Response.Whole(200, headers.add("Content-Type", chunk.contentType()), chunk.body());
    }

    /// Where the tail is, and nothing of what is before it.
    private Response now(Request request, String name, ReadLevel level) throws InterruptedException {
        ClientReply reply = reads.tail(name, true, level);
        if (!(reply instanceof ClientReply.Tail tail)) {
            return absent(reply, level);
        }
        String contentType = contentTypeOf(tail.view());
        Headers headers = place(tail, level)
                .add(StreamHeaders.UP_TO_DATE, "true")
                .add("Content-Type", contentType)
                .add("Cache-Control", "no-store");
        Response refusal = Conditions.refusalOfRead(request.headers(), null, headers);
        return refusal != null
                ? refusal
                : new Response.Whole(200, headers, Media.isJson(contentType) ? Json.array(List.of()) : Bytes.EMPTY);
    }

    private Response live(String name, Offset offset, Query query, ReadLevel level, Client client)
            throws IOException, InterruptedException {
        if (offset instanceof Offset.Absent) {
            return Problem.of(400, "no-offset", "a live read names the offset to begin at");
        }
        ClientReply.Tail tail = null;
        if (offset instanceof Offset.Now) {
            ClientReply reply = reads.tail(name, true, level);
            if (!(reply instanceof ClientReply.Tail found)) {
                return absent(reply, level);
            }
            tail = found;
        }
        long from = tail != null ? tail.tail() : ((Offset.At) offset).offset();
        ClientReply first = tail != null ? reads.next(name, from) : reads.read(name, from, level);
        if (!(first instanceof ClientReply.Records records)) {
            return absent(first, level);
        }
        LiveRead read = new LiveRead(name, records.view().incarnation(), query.value("cursor"), level);
        Chunk chunk = Chunk.of(records);
        return query.value("live").equals("sse") ? eventStream.open(read, chunk) : longPoll.answer(read, chunk, client);
    }

    /// What to say when there is nothing to read.
    static Response absent(ClientReply reply, ReadLevel level) {
        return switch (reply) {
            case ClientReply.NoSuchStream _ -> Problem.of(404, "no-such-stream", "there is no stream of this name");
            case ClientReply.StreamGone _ -> Problem.of(410, "stream-gone", "the stream was deleted or has expired");
            // This node may only be behind, so it must not say that there is nothing.
            case ClientReply.PastTail _ when level.isLocal() ->
                    Problem.unreadable(new ClientReply.ReadFailed(ClientReply.Cause.NOT_YET, 0));
            case ClientReply.PastTail p -> Problem.of(
                    400, "past-tail", "the offset is beyond the stream's end at " + Offset.text(p.tail()));
            // A local read waits for nothing but its token.
            case ClientReply.ReadFailed failed when level.isLocal() && failed.cause() == ClientReply.Cause.TIMED_OUT ->
                    Problem.unreadable(new ClientReply.ReadFailed(ClientReply.Cause.NOT_YET, 0));
            case ClientReply.ReadFailed failed -> Problem.unreadable(failed);
            case ClientReply other -> throw new IllegalStateException("no answer to a read: " + other);
        };
    }
}
