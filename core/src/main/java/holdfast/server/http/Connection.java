package holdfast.server.http;

import holdfast.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;

/// One client's connection, on one virtual thread: read a request, answer it, and the next. Requests that are
/// pipelined are answered in their order, because the next is not looked at before.
///
/// Whatever is thrown here ends this connection and nothing else.
final class Connection implements Runnable {

    private static final Bytes CONTINUE = Bytes.utf8("HTTP/1.1 100 Continue\r\n\r\n");
    private static final Bytes CRLF = Bytes.utf8("\r\n");
    private static final Bytes LAST_CHUNK = Bytes.utf8("0\r\n\r\n");
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    private static final String TOO_MUCH = "the server is at its limit for large answers; try again";
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /// How long a large answer waits for the memory that others take.
    private static final int ROOM_MILLIS = 15_000;

    /// What a server is made of, for all its connections.
    record Shared(HttpLimits limits, Cors cors, HttpHandler handler, HttpEvents events, Budgets budgets) {}

    private final Wire wire;
    private final Shared shared;
    private final HttpLimits limits;
    private final HttpEvents events;
    private final Budgets.BodyShare body;
    private volatile boolean isClosing;

    /// Since when it waits for a request of which no byte has come, by [System#nanoTime]; 0 while it does not.
    private volatile long idleSince = System.nanoTime() | 1;

    Connection(SocketChannel channel, Shared shared) {
        wire = new Wire(channel, shared.limits());
        this.shared = shared;
        limits = shared.limits();
        events = shared.events();
        body = shared.budgets().new BodyShare();
    }

    @Override
    public void run() {
        try (wire) {
            wire.open();
            while (!isClosing && serveOne()) {
                body.giveBack();
                events.served();
            }
        } catch (IOException broken) {
            events.broken(broken);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error bug) {
            events.failed("a connection", bug);
        } finally {
            body.giveBack();
        }
    }

    /// No further request is taken; one under way is still answered.
    void closeSoon() {
        isClosing = true;
        if (idleSince != 0) {
            closeNow();
        }
    }

    /// Ends it at once, whatever is under way.
    void closeNow() {
        wire.close();
    }

    /// When the connection last had something to do, 0 if it has now.
    long idleSince() {
        return idleSince;
    }

    /// Called from outside now and then.
    void endIfOverdue(long nanoTime) {
        wire.endIfOverdue(nanoTime, shared.budgets().answers().isWaitedFor());
    }

    // ---- reading -------------------------------------------------------------------------------------------

    /// Returns whether another request may follow.
    private boolean serveOne() throws IOException, InterruptedException {
        RequestParser parser = new RequestParser(limits);
        idleSince = wire.hasMore() ? 0 : System.nanoTime() | 1;
        boolean isRead = read(parser);
        if (!isRead) {
            if (wire.isOverdue() && parser.hasBegun()) {
                refuse(parser, 408, "the request did not arrive in time; a body keeps "
                        + HttpLimits.BODY_BYTES_PER_SECOND_MIN + " bytes a second");
            }
            return false;
        }
        if (!body.grow(parser.bodyCapacity())) {
            events.refused();
            refuse(parser, 503, "the server is at its limit for request bodies; try again");
            return false;
        }
        if (parser.stage() == RequestParser.Stage.FAILED) {
            events.refused();
            refuse(parser, parser.failure().status(), parser.failure().detail());
            return false;
        }
        return answer(parser.request());
    }

    /// Reads until the parser is done or the budget used up; false if the client has left, or is taken for it.
    private boolean read(RequestParser parser) throws IOException {
        boolean wasContinued = false;
        RequestParser.Stage timed = null;
        long since = System.nanoTime();
        while (true) {
            wire.feed(parser);
            boolean isDone = parser.stage() == RequestParser.Stage.COMPLETE
                    || parser.stage() == RequestParser.Stage.FAILED;
            if (isDone || !body.grow(parser.bodyCapacity())) {
                return true;
            }
            if (parser.expectsContinue() && !wasContinued) {
                wasContinued = true;
                wire.write(List.of(CONTINUE));
            }
            if (parser.hasBegun() && timed != parser.stage()) {
                timed = parser.stage();
                since = System.nanoTime();
            }
            if (!wire.fill(since + nanosFor(parser))) {
                return false;
            }
            idleSince = 0;
        }
    }

    /// How long the client has for what it is at, from the beginning of that.
    private long nanosFor(RequestParser parser) {
        if (!parser.hasBegun()) {
            return limits.idleMillis() * NANOS_PER_MILLI;
        }
        if (parser.stage() == RequestParser.Stage.HEAD) {
            return limits.headMillis() * NANOS_PER_MILLI;
        }
        return limits.bodyGraceMillis() * NANOS_PER_MILLI
                + parser.bodySize() * NANOS_PER_SECOND / HttpLimits.BODY_BYTES_PER_SECOND_MIN;
    }

    // ---- answering -----------------------------------------------------------------------------------------

    /// A large answer takes memory that is shared. If there is none, the answer is dropped, so that nothing is held while
    /// waiting, and the question is put again when there is.
    private boolean answer(Request request) throws IOException, InterruptedException {
        Response response = ask(request);
        long paid = priceOf(response);
        if (!shared.budgets().answers().take(paid)) {
            response = null;
            boolean hasRoom = request.isSafe() && shared.budgets().answers().takeWithin(paid, ROOM_MILLIS);
            paid = hasRoom ? paid : 0;
            response = hasRoom ? ask(request) : PlainProblem.notWritten(503, TOO_MUCH);
            response = priceOf(response) <= paid ? response : PlainProblem.notWritten(503, TOO_MUCH);
        }
        boolean keeps;
        try {
            wire.holdsMemory(paid > 0);
            keeps = write(request, response);
        } finally {
            wire.holdsMemory(false);
            shared.budgets().answers().giveBack(paid);
        }
        if (!keeps && !isClosing) {
            // Whatever the client has sent behind its last request must not reset the answer to it (RFC 9112 §9.6).
            body.giveBack();
            wire.endAndDrain();
        }
        return keeps;
    }

    private static long priceOf(Response response) {
        return response instanceof Response.Whole whole ? Budgets.priceOfAnswer(whole.body().size()) : 0;
    }

    private Response ask(Request request) throws IOException, InterruptedException {
        try {
            Response refusal = shared.cors().refusal(request);
            return refusal != null ? refusal : shared.handler().handle(request, wire::isClientThere);
        } catch (RuntimeException bug) {
            events.failed(request.method() + " " + request.path(), bug);
            return problem(request, 500, "the server has a bug");
        } catch (Error overtaxed) {
            isClosing = true;
            events.failed(request.method() + " " + request.path(), overtaxed);
            return problem(request, 503, "the server was overtaxed by this request");
        }
    }

    private static Response problem(Request request, int status, String detail) {
        return request.isSafe()
                ? PlainProblem.notWritten(status, detail)
                : PlainProblem.unknown(status, detail + "; nobody knows what the request has done");
    }

    private boolean write(Request request, Response response) throws IOException, InterruptedException {
        shared.cors().addTo(response.headers(), request.headers(), request.path());
        boolean keeps = request.keepsAlive() && !isClosing;
        return switch (response) {
            case Response.Whole whole -> {
                writeWhole(whole, request.isHead(), ResponseHead.Persistence.of(request, keeps));
                yield keeps;
            }
            case Response.Live live -> writeLive(live, request, keeps);
        };
    }

    private void writeWhole(Response.Whole whole, boolean isHead, ResponseHead.Persistence persistence)
            throws IOException {
        boolean isBodiless = isHead || ResponseHead.isBodiless(whole.status());
        String framing = isBodiless ? "" : "Content-Length: " + whole.body().size() + "\r\n";
        Bytes head = ResponseHead.of(whole, framing, persistence);
        wire.write(isBodiless ? List.of(head) : List.of(head, whole.body()));
    }

    /// In chunks; to an HTTP/1.0 client bare, up to the end of the connection. A body that fails ends without its last
    /// chunk, so that its client knows.
    private boolean writeLive(Response.Live live, Request request, boolean wouldKeep)
            throws IOException, InterruptedException {
        boolean isChunked = request.http11();
        boolean keeps = wouldKeep && (isChunked || request.isHead());
        wire.write(List.of(ResponseHead.of(
                live, isChunked ? CHUNKED : "", ResponseHead.Persistence.of(request, keeps))));
        if (request.isHead()) {
            return keeps;
        }
        try {
            live.source().writeTo(new LiveSink(isChunked));
        } catch (RuntimeException | Error bug) {
            events.failed("the live answer to " + request.method() + " " + request.path(), bug);
            return false;
        }
        if (isChunked) {
            wire.write(List.of(LAST_CHUNK));
        }
        return keeps;
    }

    private final class LiveSink implements Response.Sink {
        private final boolean isChunked;

        LiveSink(boolean isChunked) {
            this.isChunked = isChunked;
        }

        @Override
        public void write(Bytes bytes) throws IOException {
            if (!bytes.isEmpty()) {
                Bytes size = Bytes.utf8(Integer.toHexString(bytes.size()) + "\r\n");
                wire.write(isChunked ? List.of(size, bytes, CRLF) : List.of(bytes));
            }
        }

        @Override
        public boolean isOpen() throws IOException {
            return wire.isClientThere();
        }

        @Override
        public Response.Hold hold(long bytes) throws IOException {
            long price = Budgets.priceOfAnswer(bytes);
            if (!shared.budgets().answers().take(price)) {
                throw new IOException(TOO_MUCH);
            }
            wire.holdsMemory(price > 0);
            return () -> {
                wire.holdsMemory(false);
                shared.budgets().answers().giveBack(price);
            };
        }
    }

    // ---- refusing ------------------------------------------------------------------------------------------

    /// Says why and closes.
    private void refuse(RequestParser parser, int status, String detail) throws IOException {
        Response.Whole answer = PlainProblem.notWritten(status, detail);
        shared.cors().addTo(answer.headers(), parser.headers(), parser.path());
        writeWhole(answer, false, ResponseHead.Persistence.CLOSES);
        body.giveBack();
        wire.endAndDrain();
    }

    /// For one connection too many.
    static void turnAway(SocketChannel channel, Cors cors) {
        try (channel) {
            Response.Whole answer = PlainProblem.notWritten(503, "the server has too many connections; try again");
            cors.addTo(answer.headers(), new Headers(), "");
            String framing = "Content-Length: " + answer.body().size() + "\r\n";
            Bytes head = ResponseHead.of(answer, framing, ResponseHead.Persistence.CLOSES);
            // What a new connection's buffer does not take is not worth waiting for.
            channel.write(new ByteBuffer[] {head.buffer(), answer.body().buffer()});
        } catch (IOException _) {
            // It was turned away all the same.
        }
    }
}
