package holdfast.server.streams;

import holdfast.Bytes;
import holdfast.node.ClientReply;
import holdfast.server.NodePort;
import holdfast.server.http.Headers;
import holdfast.server.http.Response;
import java.io.IOException;
import java.util.random.RandomGenerator;

/// Server-sent events: a data event for each chunk, a control event behind it that says where the client is. Both carry
/// the next offset as their id, so that a browser that connects again goes on there by itself (Last-Event-ID).
final class EventStream {

    /// A quiet stream's readers are looked after this often: one that has left must not hold its connection.
    private static final long GLANCE_MILLIS = 1_500;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// Says that the stream is only quiet: what stands between may cut a connection on which nothing moves.
    private static final Bytes IDLE = Bytes.utf8(": idle\n");

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

    Response open(LiveRead read, Chunk first) {
        Headers headers = new Headers()
                .add("Content-Type", "text/event-stream")
                .add("Cache-Control", "no-cache, no-store")
                // To nginx and others that keep an answer back until they have a buffer full of it.
                .add("X-Accel-Buffering", "no");
        read.level().addTo(headers, config.cluster(), first.reply().index());
        boolean isText = Media.isText(first.contentType());
        if (!isText) {
            headers.add(StreamHeaders.SSE_ENCODING, "base64");
        }
        return new Response.Live(200, headers, new Source(read, first, isText));
    }

    /// One client's events.
    private final class Source implements Response.Source {
        private final LiveRead read;
        private final boolean isText;
        /// What is to be sent next, null while there is nothing: a record may be large, and its reader idle for long.
        private Chunk pending;
        private String cursor;
        private long next;
        private long lastWriteNanos;

        Source(LiveRead read, Chunk first, boolean isText) {
            this.read = read;
            this.isText = isText;
            pending = first;
            cursor = read.cursor();
        }

        @Override
        public void writeTo(Response.Sink sink) throws IOException, InterruptedException {
            long end = System.nanoTime() + config.sseMillis() * NANOS_PER_MILLI;
            try (NodePort.Watch watch = port.watch(read.stream())) {
                boolean isLast = sendPending(sink);
                while (!isLast) {
                    ClientReply reply = read.continued(reads.next(read.stream(), next));
                    if (!(reply instanceof ClientReply.Records records)) {
                        // Deleted, or not readable any more; a client that connects again is told which.
                        return;
                    }
                    pending = Chunk.of(records);
                    if (!pending.isEmpty() || pending.isLast()) {
                        isLast = sendPending(sink);
                        continue;
                    }
                    pending = null;
                    if (!awaitChange(watch, sink, end)) {
                        return;
                    }
                }
            }
        }

        /// Returns whether nothing can follow.
        private boolean sendPending(Response.Sink sink) throws IOException {
            try (Response.Hold _ = sink.hold(pending.bytes())) {
                send(sink);
                next = pending.next();
                return pending.isLast();
            } finally {
                pending = null;
                lastWriteNanos = System.nanoTime();
            }
        }

        private void send(Response.Sink sink) throws IOException {
            cursor = Cursor.next(cursor, port.wallMillis(), random);
            EventText text = new EventText(sink);
            String id = Offset.text(pending.next());
            if (!pending.isEmpty()) {
                text.data(id, pending::writeTo, isText);
            }
            text.control(id, control(pending, cursor)).flush();
        }

        /// False when the time is up or the client has left.
        private boolean awaitChange(NodePort.Watch watch, Response.Sink sink, long end)
                throws IOException, InterruptedException {
            long millis = (end - System.nanoTime()) / NANOS_PER_MILLI;
            while (millis > 0) {
                if (watch.await(Math.min(millis, Math.min(GLANCE_MILLIS, config.sseIdleMillis())))) {
                    return true;
                }
                if (!sink.isOpen()) {
                    return false;
                }
                if (System.nanoTime() - lastWriteNanos >= config.sseIdleMillis() * NANOS_PER_MILLI) {
                    sink.write(IDLE);
                    lastWriteNanos = System.nanoTime();
                }
                millis = (end - System.nanoTime()) / NANOS_PER_MILLI;
            }
            return false;
        }
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
