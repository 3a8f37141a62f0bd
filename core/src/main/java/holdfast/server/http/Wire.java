package holdfast.server.http;

import holdfast.Bytes;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;

/// The bytes of one connection, and until when its client must have moved some of them. Used by the connection's
/// thread; what says `any thread` may be called by others.
final class Wire implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 << 10;
    private static final int PIECE_BYTES = 64 << 10;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// What the kernel may hold of an answer. A full buffer takes more only when a third of it has been read; with the
    /// megabytes that a kernel gives by itself a slow reader would seem to stand still for minutes.
    private static final int SEND_BUFFER_BYTES = 128 << 10;

    /// What is read and dropped, and for how long, so that a client that is still sending sees a refusal.
    private static final long DRAIN_BYTES_MAX = 64L << 20;
    private static final int DRAIN_MILLIS_MAX = 3_000;

    private final SocketChannel channel;
    private final HttpLimits limits;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int bufferedFrom;
    private int bufferedTo;

    /// By [System#nanoTime]; 0 while nothing is expected of the client.
    private volatile long readDeadline;
    private volatile long writingSince;
    private volatile boolean isOverdue;
    private volatile boolean holdsMemory;

    Wire(SocketChannel channel, HttpLimits limits) {
        this.channel = channel;
        this.limits = limits;
    }

    void open() throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
    }

    // ---- reading -------------------------------------------------------------------------------------------

    /// Whether bytes have come that nobody has taken yet.
    boolean hasMore() {
        return bufferedFrom < bufferedTo;
    }

    void feed(RequestParser parser) {
        bufferedFrom = parser.feed(buffer, bufferedFrom, bufferedTo);
    }

    /// Waits for bytes until `deadlineNanos`; false if the client has left or did not send in time.
    boolean fill(long deadlineNanos) throws IOException {
        readDeadline = orOne(deadlineNanos);
        int got;
        try {
            got = channel.read(ByteBuffer.wrap(buffer));
        } finally {
            readDeadline = 0;
        }
        bufferedFrom = 0;
        bufferedTo = Math.max(0, got);
        return got >= 0;
    }

    /// Whether the client did not send in time. It can still be told so.
    boolean isOverdue() {
        return isOverdue;
    }

    /// A client that has left is seen by reading on; what comes instead is the next request. One that has only ended
    /// its own half looks the same and is taken to have left. One that has sent a whole buffer is taken to be there.
    boolean isClientThere() throws IOException {
        System.arraycopy(buffer, bufferedFrom, buffer, 0, bufferedTo - bufferedFrom);
        bufferedTo -= bufferedFrom;
        bufferedFrom = 0;
        if (bufferedTo == buffer.length) {
            return true;
        }
        channel.configureBlocking(false);
        try {
            int got = channel.read(ByteBuffer.wrap(buffer, bufferedTo, buffer.length - bufferedTo));
            bufferedTo += Math.max(0, got);
            return got >= 0;
        } finally {
            channel.configureBlocking(true);
        }
    }

    // ---- writing -------------------------------------------------------------------------------------------

    /// Whether what is written takes memory that others may wait for.
    void holdsMemory(boolean holds) {
        holdsMemory = holds;
    }

    /// Gathers what is small into one write, so that a small answer is one packet; what is large is not copied as a
    /// whole. The client has its time anew with each piece that it takes.
    void write(List<Bytes> parts) throws IOException {
        int size = 0;
        for (Bytes part : parts) {
            size += part.size();
        }
        byte[] piece = new byte[Math.min(size, PIECE_BYTES)];
        int filled = 0;
        for (Bytes part : parts) {
            for (int from = 0; from < part.size(); ) {
                int length = Math.min(piece.length - filled, part.size() - from);
                part.copyTo(from, piece, filled, length);
                from += length;
                filled += length;
                if (filled == piece.length) {
                    writePiece(piece, filled);
                    filled = 0;
                }
            }
        }
        writePiece(piece, filled);
    }

    private void writePiece(byte[] piece, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(piece, 0, length);
        try {
            while (left.hasRemaining()) {
                writingSince = orOne(System.nanoTime());
                channel.write(left);
            }
        } finally {
            writingSince = 0;
        }
    }

    // ---- the end -------------------------------------------------------------------------------------------

    /// Ends the answers. What the client is still sending is read and dropped for a while: closing at once would reset
    /// the connection, and the last answer would be lost on the way.
    void endAndDrain() throws IOException {
        channel.shutdownOutput();
        long deadline = System.nanoTime() + DRAIN_MILLIS_MAX * NANOS_PER_MILLI;
        long drained = 0;
        while (drained < DRAIN_BYTES_MAX && fill(deadline)) {
            drained += bufferedTo;
        }
    }

    /// Called now and then, from any thread. A client that does not read is cut off. One that does not send is seen by
    /// the connection's thread as if it had left, but can still be told why.
    ///
    /// @param pressed whether others wait for memory that answers take
    void endIfOverdue(long nanoTime, boolean pressed) {
        long since = writingSince;
        long deadline = readDeadline;
        long patience = (pressed && holdsMemory ? limits.pressedMillis() : limits.writeMillis()) * NANOS_PER_MILLI;
        if (since != 0 && nanoTime - since > patience) {
            close();
        } else if (deadline != 0 && nanoTime - deadline > 0) {
            isOverdue = true;
            try {
                channel.shutdownInput();
            } catch (IOException _) {
                close();
            }
        }
    }

    private static long orOne(long nanos) {
        return nanos == 0 ? 1 : nanos;
    }

    /// Ends it at once, whatever is under way; from any thread.
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // Closed is closed.
        }
    }
}
