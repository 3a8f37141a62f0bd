package holdfast.server.http;

import java.util.List;

/// How long a request's body is (RFC 9112 §6.3). Anything that two readers could understand differently is
/// refused: two lengths, a length and chunks, a coding that is not the last word.
final class BodyLength {

    private static final long CHUNKED = -1;

    /// A length or why there is none. `bytes` is negative for a chunked body.
    record Parsed(long bytes, RequestParser.Failure failure) {

        boolean isChunked() {
            return bytes == CHUNKED;
        }
    }

    private BodyLength() {}

    static Parsed of(Headers headers, boolean http11, int bytesMax) {
        List<String> codings = headers.all("Transfer-Encoding");
        List<String> lengths = headers.all("Content-Length");
        if (codings.isEmpty()) {
            return lengths.isEmpty() ? new Parsed(0, null) : fixed(lengths, bytesMax);
        }
        if (!lengths.isEmpty() || !http11) {
            return refused(400, "a body has a Content-Length or is chunked, and only HTTP/1.1 has chunks");
        }
        return codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked")
                ? new Parsed(CHUNKED, null)
                : refused(501, "the only transfer coding understood is chunked");
    }

    private static Parsed fixed(List<String> lengths, int bytesMax) {
        String length = lengths.getFirst();
        if (lengths.size() > 1 || !Tokens.isDecimal(length, 1, 18)) {
            return refused(400, "a request has one Content-Length, a decimal number");
        }
        long bytes = Long.parseLong(length);
        return bytes <= bytesMax ? new Parsed(bytes, null) : refused(413, tooLarge(bytesMax));
    }

    static String tooLarge(int bytesMax) {
        return "a request body has at most " + bytesMax + " bytes";
    }

    private static Parsed refused(int status, String detail) {
        return new Parsed(0, new RequestParser.Failure(status, detail));
    }
}
