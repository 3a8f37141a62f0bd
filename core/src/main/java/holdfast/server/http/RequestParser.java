package holdfast.server.http;

import holdfast.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One request out of bytes that come in any pieces (RFC 9112). Pure: no I/O, no time.
///
/// Call [#feed] with what has arrived until [#stage] is COMPLETE or FAILED; what it did not consume belongs to
/// the next request, for which there is a new parser. Memory grows with what was really received, never with
/// what a header promises.
///
/// Where the standard lets a server be lenient this one is not: a line ends with CR LF, a request has one body
/// length, and a request target is a path. Two servers that read the same bytes differently are how requests
/// are smuggled.
public final class RequestParser {

    /// How far the request is.
    public enum Stage { HEAD, BODY, COMPLETE, FAILED }

    /// Why a request is refused: the status to answer and one sentence.
    public record Failure(int status, String detail) {}

    private final HttpLimits limits;
    private final LineReader line;
    private final Headers headers = new Headers();
    private Stage stage = Stage.HEAD;
    private Failure failure;
    private RequestLine requestLine;
    private BodyReader body;
    private boolean expectsContinue;
    private boolean hasBegun;

    public RequestParser(HttpLimits limits) {
        this.limits = limits;
        line = new LineReader(limits.headBytesMax(), limits.headBytesMax());
    }

    public Stage stage() {
        return stage;
    }

    /// Whether a byte of the request has come.
    public boolean hasBegun() {
        return hasBegun;
    }

    /// Set once stage is FAILED.
    public Failure failure() {
        return failure;
    }

    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110 §10.1.1). Only true
    /// between the head and the first byte of the body.
    public boolean expectsContinue() {
        return stage == Stage.BODY && expectsContinue && body.isUntouched();
    }

    /// The request, once the stage is COMPLETE.
    public Request request() {
        return new Request(requestLine.method(), requestLine.target(), requestLine.http11(), headers, bodyBytes());
    }

    /// How much of a body has come so far.
    public int bodySize() {
        return body == null ? 0 : body.size();
    }

    /// Bytes of memory that it takes.
    int bodyCapacity() {
        return body == null ? 0 : body.capacity();
    }

    /// The headers that have come so far.
    Headers headers() {
        return headers;
    }

    /// The path that was asked for, empty as long as none has come.
    String path() {
        return requestLine == null ? "" : Request.pathOf(requestLine.target());
    }

    private Bytes bodyBytes() {
        return body == null ? Bytes.EMPTY : body.bytes();
    }

    /// Takes bytes of `[from, to)` until the request is complete or refused; returns the position behind the
    /// last one taken.
    public int feed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && stage == Stage.HEAD) {
            hasBegun = true;
            at = line.feed(bytes, at, to);
            takeLine();
        }
        if (stage == Stage.BODY) {
            at = body.feed(bytes, at, to);
            if (body.failure() != null) {
                fail(body.failure());
            } else if (body.isComplete()) {
                stage = Stage.COMPLETE;
            }
        }
        return at;
    }

    private void takeLine() {
        switch (line.state()) {
            case PARTIAL -> {}
            case WHOLE -> onLine(line.take());
            case TOO_LONG -> fail(431, "the request line and the headers take at most "
                    + limits.headBytesMax() + " bytes");
            case BARE_CONTROL -> fail(400, "a line ends with CR LF and holds no control characters");
        }
    }

    private void onLine(byte[] text) {
        if (requestLine == null) {
            onRequestLine(text);
        } else if (text.length == 0) {
            onEndOfHead();
        } else {
            onHeader(text);
        }
    }

    private void onRequestLine(byte[] text) {
        if (text.length == 0) {
            // RFC 9112 §2.2: an empty line before a request is let pass; the limit on the head still counts it.
            return;
        }
        RequestLine.Parsed parsed = RequestLine.parse(latin1(text));
        if (parsed.failure() != null) {
            fail(parsed.failure());
        } else {
            requestLine = parsed.line();
        }
    }

    private void onHeader(byte[] text) {
        Headers.Field field = HeaderLine.parse(text);
        if (field == null) {
            fail(400, "a header is a name, a colon and a value, on one line");
            return;
        }
        if (headers.fields().size() >= limits.headersMax()) {
            fail(431, "a request has at most " + limits.headersMax() + " headers");
            return;
        }
        headers.add(field.name(), field.value());
    }

    private void onEndOfHead() {
        if (!hasHost()) {
            fail(400, "an HTTP/1.1 request has one Host header, a host and perhaps a port");
            return;
        }
        if (requestLine.authority() != null) {
            headers.replace("Host", requestLine.authority());
        }
        BodyLength.Parsed length = BodyLength.of(headers, requestLine.http11(), limits.bodyBytesMax());
        if (length.failure() != null) {
            fail(length.failure());
            return;
        }
        expectsContinue = requestLine.http11() && headers.count("Expect") > 0;
        if (expectsContinue && !expectsNothingElse()) {
            fail(417, "the only expectation that can be met is 100-continue");
            return;
        }
        if (length.bytes() == 0) {
            stage = Stage.COMPLETE;
            return;
        }
        body = length.isChunked() ? new ChunkedBody(limits) : new FixedBody((int) length.bytes());
        stage = Stage.BODY;
    }

    /// RFC 9112 §3.2: one, and of the right form; an HTTP/1.0 client may leave it out.
    private boolean hasHost() {
        List<String> hosts = headers.all("Host");
        return hosts.isEmpty() ? !requestLine.http11() : hosts.size() == 1 && Authority.isValid(hosts.getFirst());
    }

    /// RFC 9110 §10.1.1.
    private boolean expectsNothingElse() {
        return headers.all("Expect").stream().allMatch(value -> value.equalsIgnoreCase("100-continue"));
    }

    private void fail(int status, String detail) {
        fail(new Failure(status, detail));
    }

    private void fail(Failure why) {
        failure = why;
        stage = Stage.FAILED;
    }

    private static String latin1(byte[] text) {
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
