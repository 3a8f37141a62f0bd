package holdfast.server.streams;

import holdfast.node.ClientReply;
import holdfast.server.NodePort;
import holdfast.server.http.Headers;
import holdfast.server.http.Response;
import java.io.IOException;
import java.util.random.RandomGenerator;

/// Server-sent events: a data event for each chunk, a control event behind it that says where the client is.
final class EventStream {

    /// A quiet stream's readers are looked after this often: one that has left must not hold its connection.
    private static final long GLANCE_MILLIS = 2_000;

    private final NodePort port;
    private final StreamReads reads;
    private final StreamsConfig config;
    private final RandomGenerator random;

    EventStream(NodePort port, StreamReads reads, StreamsConfig config, RandomGenerator random) {
        this.port = port;
        this.reads = reads;
        this.config = config;
        this.random = random;
    }

    Response open(LiveRead read) {
        Headers headers = StreamHeaders.base()
                .add("Content-Type", "text/event-stream")
                .add("Cache-Control", "no-cache, no-store");
        read.level().addTo(headers, config.cluster(), read.first().reply().index());
        if (!Media.isText(read.first().contentType())) {
            headers.add(StreamHeaders.SSE_ENCODING, "base64");
        }
        return new Response.Live(200, headers, sink -> run(read, sink));
    }

    private void run(LiveRead read, Response.Sink sink) throws IOException, InterruptedException {
        long end = System.nanoTime() + config.sseMillis() * 1_000_000L;
        try (NodePort.Watch watch = port.watch(read.stream())) {
            Chunk chunk = read.first();
            String cursor = send(chunk, read.cursor(), sink);
            while (!chunk.isLast()) {
                ClientReply reply = read.continued(reads.next(read.stream(), chunk.next()));
                if (!(reply instanceof ClientReply.Records records)) {
                    // Deleted, or not readable any more; a client that connects again is told which.
                    return;
                }
                Chunk following = Chunk.of(records);
                if (!following.isEmpty() || following.isLast()) {
                    chunk = following;
                    cursor = send(chunk, cursor, sink);
                    continue;
                }
                if (!awaitChange(watch, sink, end)) {
                    return;
                }
            }
        }
    }

    /// False when the time is up or the client has left.
    private static boolean awaitChange(NodePort.Watch watch, Response.Sink sink, long end)
            throws IOException, InterruptedException {
        long millis = (end - System.nanoTime()) / 1_000_000;
        while (millis > 0) {
            if (watch.await(Math.min(millis, GLANCE_MILLIS))) {
                return true;
            }
            if (!sink.isOpen()) {
                return false;
            }
            millis = (end - System.nanoTime()) / 1_000_000;
        }
        return false;
    }

    /// Both events in one write. Returns the cursor that was told.
    private String send(Chunk chunk, String clientsCursor, Response.Sink sink) throws IOException {
        String cursor = Cursor.next(clientsCursor, port.wallMillis(), random);
        EventText text = new EventText();
        if (!chunk.isEmpty()) {
            text.data(chunk.body(), Media.isText(chunk.contentType()));
        }
        sink.write(text.control(control(chunk, cursor)).bytes());
        return cursor;
    }

    private static String control(Chunk chunk, String cursor) {
        StringBuilder json = new StringBuilder("{\"streamNextOffset\":\"").append(Offset.text(chunk.next())).append('"');
        if (!chunk.isLast()) {
            json.append(",\"streamCursor\":\"").append(cursor).append('"');
        }
        if (chunk.isUpToDate()) {
            json.append(",\"upToDate\":true");
        }
        if (chunk.isLast()) {
            json.append(",\"streamClosed\":true");
        }
        return json.append('}').toString();
    }
}
