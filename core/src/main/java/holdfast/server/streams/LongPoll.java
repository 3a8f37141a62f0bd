package holdfast.server.streams;

import holdfast.node.ClientReply;
import holdfast.server.NodePort;
import holdfast.server.http.Headers;
import holdfast.server.http.Response;
import java.util.random.RandomGenerator;

/// A read that waits a while for something new.
final class LongPoll {

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

    Response answer(LiveRead read) throws InterruptedException {
        if (!isWaiting(read.first())) {
            return found(read, read.first());
        }
        long end = System.nanoTime() + config.longPollMillis() * 1_000_000L;
        try (NodePort.Watch watch = port.watch(read.stream())) {
            while (true) {
                // What this node has applied is enough from here on: the first read has seen the tail.
                ClientReply reply = read.continued(reads.next(read.stream(), read.first().next()));
                if (!(reply instanceof ClientReply.Records records)) {
                    return ReadRoute.absent(reply, read.level());
                }
                Chunk chunk = Chunk.of(records);
                long millis = (end - System.nanoTime()) / 1_000_000;
                if (!isWaiting(chunk) || millis <= 0) {
                    return found(read, chunk);
                }
                watch.await(millis);
            }
        }
    }

    private static boolean isWaiting(Chunk chunk) {
        return chunk.isEmpty() && !chunk.isLast();
    }

    private Response found(LiveRead read, Chunk chunk) {
        Headers headers = StreamHeaders.base();
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
