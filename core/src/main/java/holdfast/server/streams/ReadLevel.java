package holdfast.server.streams;

import holdfast.node.ClientRequest;
import holdfast.server.http.Headers;
import holdfast.server.http.Request;
import holdfast.server.http.Response;
import holdfast.server.http.Tokens;
import java.util.Locale;

/// How fresh a read has to be, by the words of the request: `Holdfast-Read: linearizable` (the default) or
/// `local`, and `Holdfast-Token`, the token of the client's latest answer, behind which a local read must not
/// fall back.
record ReadLevel(ClientRequest.Level level, long afterIndex) {

    private static final String LINEARIZABLE_WORD = "linearizable";
    private static final String LOCAL_WORD = "local";

    static final ReadLevel LINEARIZABLE = new ReadLevel(ClientRequest.Level.LINEARIZABLE, ClientRequest.NO_INDEX);

    /// Of a read that goes on where an earlier one of the same request, at the same node, has been.
    static final ReadLevel LOCAL = new ReadLevel(ClientRequest.Level.LOCAL, ClientRequest.NO_INDEX);

    /// A level, or the answer to a request that names none; one of the two is null.
    record Parsed(ReadLevel level, Response refusal) {}

    static Parsed of(Request request, String cluster) {
        String word = request.headers().first(StreamHeaders.READ_LEVEL);
        ClientRequest.Level level = switch (word == null ? LINEARIZABLE_WORD : word.toLowerCase(Locale.ROOT)) {
            case LINEARIZABLE_WORD -> ClientRequest.Level.LINEARIZABLE;
            case LOCAL_WORD -> ClientRequest.Level.LOCAL;
            default -> null;
        };
        if (level == null) {
            return refused("bad-read-level", "a read is linearizable or local");
        }
        String token = request.headers().first(StreamHeaders.TOKEN);
        if (token == null) {
            return new Parsed(new ReadLevel(level, ClientRequest.NO_INDEX), null);
        }
        String prefix = cluster + ":";
        if (!token.startsWith(prefix) || !Tokens.isDecimal(token.substring(prefix.length()), 1, 18)) {
            return refused("bad-token", "the token is not one of this cluster");
        }
        return new Parsed(new ReadLevel(level, Long.parseLong(token.substring(prefix.length()))), null);
    }

    private static Parsed refused(String type, String detail) {
        return new Parsed(null, Problem.of(400, type, detail));
    }

    boolean isLocal() {
        return level == ClientRequest.Level.LOCAL;
    }

    /// Says what the answer was read at, and gives the token for the next one.
    void addTo(Headers headers, String cluster, long index) {
        headers.add(StreamHeaders.READ_LEVEL, isLocal() ? LOCAL_WORD : LINEARIZABLE_WORD);
        headers.add(StreamHeaders.TOKEN, StreamHeaders.token(cluster, index));
    }
}
