package holdfast.server.http;

import holdfast.Bytes;

/// A body in chunks (RFC 9112 §7.1): size in hexadecimal, perhaps extensions, CR LF, the bytes, CR LF; a chunk
/// of size 0 and perhaps trailers end it. Extensions and trailers are checked and dropped.
final class ChunkedBody implements BodyReader {

    private enum Stage { SIZE, DATA, DATA_END, TRAILERS, COMPLETE, FAILED }

    /// Chunk lines may take this much in all beside the data: enough for chunks of a byte, not for ever.
    private static final int LINE_BYTES_PER_BODY_BYTE = 8;

    /// One chunk line: a size, and extensions that nobody here reads.
    private static final int SIZE_LINE_BYTES_MAX = 1_024;

    private final int bodyBytesMax;
    private final Gathering gathered = new Gathering();
    private final LineReader sizes;
    private final LineReader trailers;
    private Stage stage = Stage.SIZE;
    private RequestParser.Failure failure;
    private int chunkLeft;
    private boolean touched;

    ChunkedBody(HttpLimits limits) {
        bodyBytesMax = limits.bodyBytesMax();
        long lineBytes = limits.headBytesMax() + (long) LINE_BYTES_PER_BODY_BYTE * bodyBytesMax;
        sizes = new LineReader((int) Math.min(Integer.MAX_VALUE, lineBytes), SIZE_LINE_BYTES_MAX);
        trailers = new LineReader(limits.headBytesMax(), limits.headBytesMax());
    }

    @Override
    public int feed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && stage != Stage.COMPLETE && stage != Stage.FAILED) {
            touched = true;
            at = switch (stage) {
                case SIZE, DATA_END -> feedSizeLine(bytes, at, to);
                case DATA -> feedData(bytes, at, to);
                case TRAILERS -> feedTrailer(bytes, at, to);
                case COMPLETE, FAILED -> at;
            };
        }
        return at;
    }

    private int feedData(byte[] bytes, int from, int to) {
        int taken = Math.min(to - from, chunkLeft);
        gathered.add(bytes, from, taken, bodyBytesMax);
        chunkLeft -= taken;
        if (chunkLeft == 0) {
            stage = Stage.DATA_END;
        }
        return from + taken;
    }

    private int feedSizeLine(byte[] bytes, int from, int to) {
        int at = sizes.feed(bytes, from, to);
        switch (sizes.state()) {
            case PARTIAL -> {}
            case WHOLE -> onSizeLine(sizes.take());
            case TOO_LONG -> fail(413, "the chunk lines of a body are too long");
            case BARE_CONTROL -> fail(400, "a chunk line ends with CR LF");
        }
        return at;
    }

    private void onSizeLine(byte[] line) {
        if (stage == Stage.DATA_END) {
            if (line.length > 0) {
                fail(400, "a chunk is as long as it says");
            } else {
                stage = Stage.SIZE;
            }
            return;
        }
        long size = ChunkLine.sizeOf(line);
        if (size < 0) {
            fail(400, "a chunk begins with its size in hexadecimal; behind it may only stand extensions: ;name=value");
        } else if (size > bodyBytesMax - gathered.size()) {
            fail(413, BodyLength.tooLarge(bodyBytesMax));
        } else {
            chunkLeft = (int) size;
            stage = size == 0 ? Stage.TRAILERS : Stage.DATA;
        }
    }

    private int feedTrailer(byte[] bytes, int from, int to) {
        int at = trailers.feed(bytes, from, to);
        switch (trailers.state()) {
            case PARTIAL -> {}
            case WHOLE -> onTrailer(trailers.take());
            case TOO_LONG -> fail(431, "the trailers are too long");
            case BARE_CONTROL -> fail(400, "a trailer ends with CR LF");
        }
        return at;
    }

    private void onTrailer(byte[] line) {
        if (line.length == 0) {
            stage = Stage.COMPLETE;
        } else if (HeaderLine.parse(line) == null) {
            fail(400, "a trailer is a name, a colon and a value, on one line");
        }
    }

    private void fail(int status, String detail) {
        failure = new RequestParser.Failure(status, detail);
        stage = Stage.FAILED;
    }

    @Override
    public int size() {
        return gathered.size();
    }

    @Override
    public int capacity() {
        return gathered.capacity();
    }

    @Override
    public boolean isUntouched() {
        return !touched;
    }

    @Override
    public boolean isComplete() {
        return stage == Stage.COMPLETE;
    }

    @Override
    public RequestParser.Failure failure() {
        return failure;
    }

    @Override
    public Bytes bytes() {
        return gathered.toBytes();
    }
}
