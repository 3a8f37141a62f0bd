package holdfast.server.http;

import holdfast.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;

/// One client's connection, on one virtual thread: read a request, answer it, and the next. Requests that are
/// pipelined are answered in their order, because the next is not looked at before.
final class Connection implements Runnable {

    private static final int BUFFER_BYTES = 16 << 10;
    private static final Bytes CONTINUE = Bytes.utf8("HTTP/1.1 100 Continue\r\n\r\n");
    private static final Bytes CRLF = Bytes.utf8("\r\n");
    private static final int PIECE_BYTES = 64 << 10;
    private static final String TOO_MUCH = "the answers under way are as large as this server can bear";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    private static final int GLANCE_MILLIS = 1;

    /// What is read, and for how long, so that a client that is still sending sees the refusal.
    private static final long DRAIN_BYTES_MAX = 64L << 20;
    private static final int DRAIN_MILLIS_MAX = 3_000;

    private final Socket socket;
    private final HttpLimits limits;
    private final HttpHandler handler;
    private final HttpEvents events;
    private final BodyBudget budget;
    private final BodyBudget answers;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private InputStream in;
    private OutputStream out;
    private int bufferedFrom;
    private int bufferedTo;
    private volatile boolean isClosing;
    private volatile boolean isBusy;

    /// What the request under way has taken of the budget.
    private long taken;

    /// When what this thread is waiting for must be done, by [System#nanoTime]; 0 if it is not waiting for the
    /// client.
    private volatile long readDeadline;
    private volatile long writeDeadline;
    private volatile boolean isOverdue;

    /// `budget` is for the bodies of requests, `answers` for those of answers.
    Connection(
            Socket socket, HttpLimits limits, HttpHandler handler, HttpEvents events, BodyBudget budget,
            BodyBudget answers) {
        this.socket = socket;
        this.limits = limits;
        this.handler = handler;
        this.events = events;
        this.budget = budget;
        this.answers = answers;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            in = socket.getInputStream();
            out = socket.getOutputStream();
            while (!isClosing && serveOne()) {
                giveBack();
                events.served();
                isBusy = bufferedFrom < bufferedTo;
            }
        } catch (IOException broken) {
            events.broken(broken);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            giveBack();
        }
    }

    private void giveBack() {
        budget.giveBack(taken);
        taken = 0;
    }

    /// No further request is taken; one under way is still answered.
    void closeSoon() {
        isClosing = true;
        if (!isBusy) {
            closeNow();
        }
    }

    /// Ends it at once, whatever is under way.
    void closeNow() {
        try {
            socket.close();
        } catch (IOException _) {
            // Closed is closed.
        }
    }

    /// Called from outside now and then. A client that does not read is cut off. One that does not send is seen by
    /// this connection's thread as if it had left, but can still be told why.
    void endIfOverdue(long nanoTime) {
        if (isPast(writeDeadline, nanoTime)) {
            closeNow();
        } else if (isPast(readDeadline, nanoTime)) {
            isOverdue = true;
            try {
                socket.shutdownInput();
            } catch (IOException _) {
                closeNow();
            }
        }
    }

    private static boolean isPast(long deadline, long nanoTime) {
        return deadline != 0 && nanoTime - deadline > 0;
    }

    // ---- reading -------------------------------------------------------------------------------------------

    /// Returns whether another request may follow.
    private boolean serveOne() throws IOException, InterruptedException {
        RequestParser parser = new RequestParser(limits);
        if (!read(parser)) {
            if (isOverdue && parser.hasBegun()) {
                refuse(408, "the request did not arrive in time");
            }
            return false;
        }
        if (!isPaidFor(parser)) {
            events.refused();
            refuse(503, "the requests under way are as large as this server can bear");
            return false;
        }
        if (parser.stage() == RequestParser.Stage.FAILED) {
            events.refused();
            refuse(parser.failure().status(), parser.failure().detail());
            return false;
        }
        return answer(parser.request());
    }

    /// Whether the budget of all connections covers what has come of the body.
    private boolean isPaidFor(RequestParser parser) {
        long more = parser.bodySize() - taken;
        if (more > 0 && budget.take(more)) {
            taken += more;
        }
        return taken == parser.bodySize();
    }

    /// Reads until the parser is done or the budget used up; false if the client has left, or is taken for it.
    private boolean read(RequestParser parser) throws IOException {
        boolean wasContinued = false;
        Waiting waiting = Waiting.NOTHING;
        while (true) {
            bufferedFrom = parser.feed(buffer, bufferedFrom, bufferedTo);
            boolean isDone = parser.stage() == RequestParser.Stage.COMPLETE
                    || parser.stage() == RequestParser.Stage.FAILED;
            if (isDone || !isPaidFor(parser)) {
                readDeadline = 0;
                return true;
            }
            if (parser.expectsContinue() && !wasContinued) {
                wasContinued = true;
                write(List.of(CONTINUE));
            }
            if (waiting != waitingFor(parser)) {
                waiting = waitingFor(parser);
                readDeadline = deadline(millisFor(waiting));
            }
            int got = in.read(buffer);
            if (got < 0) {
                return false;
            }
            isBusy = true;
            bufferedFrom = 0;
            bufferedTo = got;
        }
    }

    /// What the client is expected to send next; each has a time of its own.
    private enum Waiting { NOTHING, REQUEST, HEAD, BODY }

    private static Waiting waitingFor(RequestParser parser) {
        if (parser.stage() == RequestParser.Stage.BODY) {
            return Waiting.BODY;
        }
        return parser.hasBegun() ? Waiting.HEAD : Waiting.REQUEST;
    }

    private int millisFor(Waiting waiting) {
        return switch (waiting) {
            case NOTHING, REQUEST -> limits.idleMillis();
            case HEAD -> limits.headMillis();
            case BODY -> limits.bodyMillis();
        };
    }

    /// Never 0, which would mean none.
    private static long deadline(int millis) {
        return System.nanoTime() + millis * 1_000_000L | 1;
    }

    // ---- writing -------------------------------------------------------------------------------------------

    private boolean answer(Request request) throws IOException, InterruptedException {
        Response response;
        try {
            response = handler.handle(request);
        } catch (RuntimeException bug) {
            events.failed(request, bug);
            response = PlainProblem.unknown(500, "the server has a bug; nobody knows what this request has done");
        }
        boolean keeps = request.keepsAlive() && !isClosing;
        return switch (response) {
            case Response.Whole whole -> {
                writePaid(whole, request.isHead(), !keeps);
                yield keeps;
            }
            case Response.Live live -> writeLive(live, request, keeps);
        };
    }

    /// Answered only if the budget of all answers covers it.
    private void writePaid(Response.Whole whole, boolean isHead, boolean closes) throws IOException {
        int bytes = price(whole.body());
        if (!answers.take(bytes)) {
            writeWhole(PlainProblem.notWritten(503, TOO_MUCH), isHead, closes);
            return;
        }
        try {
            writeWhole(whole, isHead, closes);
        } finally {
            answers.giveBack(bytes);
        }
    }

    /// What is small is always answered.
    private static int price(Bytes body) {
        return body.size() <= PIECE_BYTES ? 0 : body.size();
    }

    private void writeWhole(Response.Whole whole, boolean isHead, boolean closes) throws IOException {
        boolean isBodiless = isHead || ResponseHead.isBodiless(whole.status());
        String framing = isBodiless ? "" : "Content-Length: " + whole.body().size() + "\r\n";
        Bytes head = ResponseHead.of(whole, framing, closes);
        write(isBodiless ? List.of(head) : List.of(head, whole.body()));
    }

    /// In chunks; to an HTTP/1.0 client bare, up to the end of the connection.
    private boolean writeLive(Response.Live live, Request request, boolean keeps)
            throws IOException, InterruptedException {
        boolean isChunked = request.http11();
        write(List.of(ResponseHead.of(live, isChunked ? CHUNKED : "", !keeps)));
        if (request.isHead()) {
            return keeps;
        }
        live.source().writeTo(new Response.Sink() {
            @Override
            public void write(Bytes bytes) throws IOException {
                if (!bytes.isEmpty()) {
                    writePiece(bytes, isChunked);
                }
            }

            @Override
            public boolean isOpen() throws IOException {
                return isClientThere();
            }
        });
        if (isChunked) {
            write(List.of(Bytes.utf8("0\r\n\r\n")));
        }
        return keeps;
    }

    /// A client that has left is seen by reading on; what comes instead is the next request.
    private boolean isClientThere() throws IOException {
        if (bufferedFrom < bufferedTo) {
            return true;
        }
        socket.setSoTimeout(GLANCE_MILLIS);
        try {
            int got = in.read(buffer);
            bufferedFrom = 0;
            bufferedTo = Math.max(0, got);
            return got >= 0;
        } catch (SocketTimeoutException silent) {
            return true;
        } finally {
            socket.setSoTimeout(0);
        }
    }

    /// What a live body cannot be paid for ends it: its client comes again where it was.
    private void writePiece(Bytes bytes, boolean isChunked) throws IOException {
        int price = price(bytes);
        if (!answers.take(price)) {
            throw new IOException(TOO_MUCH);
        }
        try {
            Bytes size = Bytes.utf8(Integer.toHexString(bytes.size()) + "\r\n");
            write(isChunked ? List.of(size, bytes, CRLF) : List.of(bytes));
        } finally {
            answers.giveBack(price);
        }
    }

    /// Gathers what is small into one write, so that a small answer is one packet; what is large is not copied as
    /// a whole. The client has one time for all of it.
    private void write(List<Bytes> parts) throws IOException {
        int size = 0;
        for (Bytes part : parts) {
            size += part.size();
        }
        byte[] piece = new byte[Math.min(size, PIECE_BYTES)];
        int filled = 0;
        writeDeadline = deadline(limits.writeMillis());
        try {
            for (Bytes part : parts) {
                for (int from = 0; from < part.size(); ) {
                    int length = Math.min(piece.length - filled, part.size() - from);
                    part.copyTo(from, piece, filled, length);
                    from += length;
                    filled += length;
                    if (filled == piece.length) {
                        out.write(piece);
                        filled = 0;
                    }
                }
            }
            out.write(piece, 0, filled);
        } finally {
            writeDeadline = 0;
        }
    }

    // ---- refusing ------------------------------------------------------------------------------------------

    /// Says why and closes. What the client is still sending is read and dropped for a while: closing at once
    /// would reset the connection, and the answer would be lost on the way.
    private void refuse(int status, String detail) throws IOException {
        readDeadline = 0;
        writeWhole(PlainProblem.notWritten(status, detail), false, true);
        socket.shutdownOutput();
        readDeadline = deadline(DRAIN_MILLIS_MAX);
        long drained = 0;
        int got = 0;
        while (got >= 0 && drained < DRAIN_BYTES_MAX) {
            got = in.read(buffer);
            drained += Math.max(0, got);
        }
    }

    /// For one connection too many.
    static void turnAway(Socket socket) {
        try (socket) {
            Response.Whole answer = PlainProblem.notWritten(503, "this server has too many connections");
            byte[] head = ResponseHead.of(answer, "Content-Length: " + answer.body().size() + "\r\n", true).toArray();
            socket.getOutputStream().write(head);
            socket.getOutputStream().write(answer.body().toArray());
        } catch (IOException _) {
            // It was turned away all the same.
        }
    }
}
