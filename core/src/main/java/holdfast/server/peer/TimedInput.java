package holdfast.server.peer;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/// What a socket says until a moment, however the bytes are spread: a bound on each read alone would let one byte every
/// other second hold a place for an hour.
final class TimedInput extends InputStream {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Socket socket;
    private final long endNanos;

    TimedInput(Socket socket, long millis) {
        this.socket = socket;
        endNanos = System.nanoTime() + millis * NANOS_PER_MILLI;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        long millis = (endNanos - System.nanoTime()) / NANOS_PER_MILLI;
        if (millis <= 0) {
            throw new SocketTimeoutException("it took too long");
        }
        socket.setSoTimeout((int) millis);
        return socket.getInputStream().read(target, from, length);
    }
}
