package holdfast.server.streams;

import holdfast.Bytes;
import holdfast.node.ClientReply;
import holdfast.server.http.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// What one read brought, as the protocol's words tell it.
record Chunk(long from, List<Bytes> records, ClientReply.Records reply) {

    private static final int PIECE_BYTES = 8 << 10;

    static Chunk of(ClientReply.Records reply) {
        return new Chunk(reply.from(), reply.records(), reply);
    }

    long next() {
        return from + records.size();
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /// Whether it ends at the tail.
    boolean isUpToDate() {
        return next() == reply.tail();
    }

    /// Whether nothing will ever follow it.
    boolean isLast() {
        return isUpToDate() && reply.closed();
    }

    String contentType() {
        String contentType = reply.view().setup().contentType();
        return contentType.isEmpty() ? Media.DEFAULT : contentType;
    }

    /// What the records take in memory.
    long bytes() {
        long size = 0;
        for (Bytes record : records) {
            size += record.size();
        }
        return size;
    }

    /// The same bytes as [#body], one record after the other.
    void writeTo(OutputStream out) throws IOException {
        boolean isJson = Media.isJson(contentType());
        byte[] piece = new byte[PIECE_BYTES];
        for (int i = 0; i < records.size(); i++) {
            if (isJson) {
                out.write(i == 0 ? '[' : ',');
            }
            Bytes record = records.get(i);
            for (int from = 0; from < record.size(); from += PIECE_BYTES) {
                int length = Math.min(PIECE_BYTES, record.size() - from);
                record.copyTo(from, piece, 0, length);
                out.write(piece, 0, length);
            }
        }
        if (isJson) {
            out.write(']');
        }
    }

    /// Bytes one after the other, messages as one array.
    Bytes body() {
        if (Media.isJson(contentType())) {
            return Json.array(records);
        }
        if (records.size() == 1) {
            return records.getFirst();
        }
        int size = 0;
        for (Bytes record : records) {
            size += record.size();
        }
        byte[] body = new byte[size];
        int to = 0;
        for (Bytes record : records) {
            record.copyTo(body, to);
            to += record.size();
        }
        return Bytes.wrap(body);
    }

    /// The same on every node for the same bytes: nothing local is in it. The end of a stream is, because it
    /// changes what the answer says without changing the bytes.
    String etag() {
        String range = reply.view().incarnation() + ":" + from + ":" + next();
        return "\"" + range + (isLast() ? ":c" : "") + "\"";
    }

    /// What never changes again may be kept by caches: a chunk that ends before the tail, of a stream that does
    /// not expire. All else is a statement about the tail, and a cached one would be a stale read.
    String cacheControl(ReadLevel level) {
        boolean isSealed = !isUpToDate() && !level.isLocal() && reply.view().dueMillis() == Long.MAX_VALUE;
        return isSealed ? "public, max-age=60, stale-while-revalidate=300" : "no-store";
    }

    void addPlace(Headers headers) {
        headers.add(StreamHeaders.NEXT_OFFSET, Offset.text(next()));
        if (isUpToDate()) {
            headers.add(StreamHeaders.UP_TO_DATE, "true");
        }
        StreamHeaders.addClosed(headers, isLast());
    }
}
