package holdfast.server.streams;

import holdfast.node.ClientReply;
import holdfast.server.NodePort;
import holdfast.server.http.Client;
import holdfast.server.http.Headers;
import holdfast.server.http.Response;
import java.io.IOException;
import java.util.random.RandomGenerator;

/// A read that waits a while for something new.
final class LongPoll {

    /// How often the client is looked after.
    private static final long GLANCE_MILLIS = 1_500;

    private final NodePort port;
    private final StreamReads reads;
    private final StreamsConfig config;
    private final RandomGenerator random;

    LongPoll(NodePort port, StreamReads reads, StreamsConfig config, RandomGenerator random) {
        this.port = port;
        this.reads = reads;
        this.config = config;
        this.random = random;
    }

    /// Gives up when `client` has left: an abandoned poll must not hold its connection.
    Response answer(LiveRead read, Chunk first, Client client) throws IOException, InterruptedException {
        if (!isWaiting(first)) {
            return found(read, first);
        }
        long end = System.nanoTime() + config.longPollMillis() * 1_000_000L;
        try (NodePort.Watch watch = port.watch(read.stream())) {
            while (true) {
                // What this node has applied is enough from here on: the first read has seen the tail.
                ClientReply reply = read.continued(reads.next(read.stream(), first.next()));
                if (!(reply instanceof ClientReply.Records records)) {
                    return ReadRoute.absent(reply, read.level());
                }
                Chunk chunk = Chunk.of(records);
                if (!isWaiting(chunk) || !awaitChange(watch, client, end)) {
                    return found(read, chunk);
                }
            }
        }
    }

    /// False when the time is up.
    private static boolean awaitChange(NodePort.Watch watch, Client client, long end)
            throws IOException, InterruptedException {
        long millis = (end - System.nanoTime()) / 1_000_000;
        while (millis > 0) {
            if (watch.await(Math.min(millis, GLANCE_MILLIS))) {
                return true;
            }
            if (!client.isThere()) {
                throw new IOException("the client of a long-poll has left");
            }
            millis = (end - System.nanoTime()) / 1_000_000;
        }
        return false;
    }

    private static boolean isWaiting(Chunk chunk) {
        return chunk.isEmpty() && !chunk.isLast();
    }

    private Response found(LiveRead read, Chunk chunk) {
        Headers headers = new Headers();
        chunk.addPlace(headers);
        headers.add(StreamHeaders.CURSOR, Cursor.next(read.cursor(), port.wallMillis(), random));
        read.level().addTo(headers, config.cluster(), chunk.reply().index());
        headers.add("Cache-Control", chunk.isEmpty() ? "no-store" : chunk.cacheControl(read.level()));
        if (chunk.isEmpty()) {
            return Response.of(204, headers);
        }
        headers.add("ETag", chunk.etag()).add("Content-Type", chunk.contentType());
        return new Response.Whole(200, headers, chunk.body());
    }
}
