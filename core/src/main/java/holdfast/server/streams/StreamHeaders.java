package holdfast.server.streams;

import holdfast.node.ClientReply;
import holdfast.server.http.Headers;
import holdfast.stream.Setup;
import holdfast.stream.StreamView;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;

/// Names of the protocol's headers and the groups in which they are answered.
final class StreamHeaders {

    static final String NEXT_OFFSET = "Stream-Next-Offset";
    static final String UP_TO_DATE = "Stream-Up-To-Date";
    static final String CLOSED = "Stream-Closed";
    static final String CURSOR = "Stream-Cursor";
    static final String TTL = "Stream-TTL";
    static final String EXPIRES_AT = "Stream-Expires-At";
    static final String SEQ = "Stream-Seq";
    static final String FORKED_FROM = "Stream-Forked-From";
    static final String FORK_OFFSET = "Stream-Fork-Offset";
    static final String FORK_SUB_OFFSET = "Stream-Fork-Sub-Offset";
    static final String PRODUCER_ID = "Producer-Id";
    static final String PRODUCER_EPOCH = "Producer-Epoch";
    static final String PRODUCER_SEQ = "Producer-Seq";
    static final String EXPECTED_SEQ = "Producer-Expected-Seq";
    static final String RECEIVED_SEQ = "Producer-Received-Seq";
    static final String LAST_EVENT_ID = "Last-Event-ID";
    static final String SSE_ENCODING = "Stream-SSE-Data-Encoding";

    /// Ours: the level of a read, and what its client has seen.
    static final String READ_LEVEL = "Holdfast-Read";
    static final String TOKEN = "Holdfast-Token";

    /// Ours: the tail an append must find.
    static final String EXPECTED_OFFSET = "Holdfast-Expected-Offset";

    /// Ours: the receipt of a write.
    static final String TERM = "Holdfast-Term";
    static final String INDEX = "Holdfast-Index";
    static final String DIGEST = "Holdfast-Digest";
    static final String SYNCED_BY = "Holdfast-Synced-By";

    static final String METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS";

    /// What a request says once. Two servers that take one of two values each would do two different things.
    private static final List<String> SINGLE = List.of(
            "Content-Type", LAST_EVENT_ID, SEQ, TTL, EXPIRES_AT, CLOSED, FORKED_FROM, FORK_OFFSET, FORK_SUB_OFFSET,
            PRODUCER_ID, PRODUCER_EPOCH, PRODUCER_SEQ, READ_LEVEL, TOKEN, EXPECTED_OFFSET);

    private static final String REQUEST_HEADERS = String.join(", ",
            "Content-Type", "Authorization", "If-None-Match", "If-Match", LAST_EVENT_ID, SEQ, TTL, EXPIRES_AT, CLOSED,
            FORKED_FROM, FORK_OFFSET,
            FORK_SUB_OFFSET, PRODUCER_ID, PRODUCER_EPOCH, PRODUCER_SEQ, READ_LEVEL, TOKEN, EXPECTED_OFFSET);

    private StreamHeaders() {}

    /// The name of a header that stands there more than once and must not, or null.
    static String repeated(Headers headers) {
        for (String name : SINGLE) {
            if (headers.count(name) > 1) {
                return name;
            }
        }
        return null;
    }

    /// What a browser is told before it sends what a page asks for. Whether the page may is said with every answer
    /// ([holdfast.server.http.Cors]).
    static Headers preflight() {
        return Headers.of(
                "Access-Control-Allow-Methods", METHODS,
                "Access-Control-Allow-Headers", REQUEST_HEADERS,
                "Access-Control-Max-Age", "86400",
                "Allow", METHODS);
    }

    static String token(String cluster, long index) {
        return cluster + ":" + index;
    }

    static void addClosed(Headers headers, boolean closed) {
        if (closed) {
            headers.add(CLOSED, "true");
        }
    }

    static void addLife(Headers headers, StreamView view) {
        if (view.setup().ttlSeconds() != Setup.NEVER) {
            headers.add(TTL, Long.toString(view.setup().ttlSeconds()));
        }
        if (view.setup().expiresAtMillis() != Setup.NEVER) {
            headers.add(EXPIRES_AT, Instant.ofEpochMilli(view.setup().expiresAtMillis()).toString());
        }
    }

    /// What makes an acknowledgement one: where the entry stands and who has it on stable storage. The token
    /// makes a local read wait for it.
    static void addReceipt(Headers headers, ClientReply.Receipt receipt, String cluster) {
        StringJoiner voters = new StringJoiner(",");
        receipt.syncedBy().forEach(voter -> voters.add(Integer.toString(voter)));
        headers.add(TERM, Long.toString(receipt.term()));
        headers.add(INDEX, Long.toString(receipt.index()));
        headers.add(SYNCED_BY, voters.toString());
        headers.add(TOKEN, token(cluster, receipt.index()));
    }
}
