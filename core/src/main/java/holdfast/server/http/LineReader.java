package holdfast.server.http;

import java.util.Arrays;

/// Collects a line up to CR LF. One limit is on all lines together, the other on each: what a line may keep in
/// memory is not what a body may spend on its chunk lines.
final class LineReader {

    enum State { PARTIAL, WHOLE, TOO_LONG, BARE_CONTROL }

    private static final int FIRST_CAPACITY = 256;

    private byte[] line = new byte[FIRST_CAPACITY];
    private int size;
    private final int lineBytesMax;
    private int room;
    private boolean sawCarriageReturn;
    private State state = State.PARTIAL;

    LineReader(int bytesMax, int lineBytesMax) {
        room = bytesMax;
        this.lineBytesMax = lineBytesMax;
    }

    State state() {
        return state;
    }

    /// Takes bytes until the line is whole or refused; returns the position behind the last one taken.
    int feed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && state == State.PARTIAL) {
            state = take(bytes[at]);
            at++;
        }
        return at;
    }

    private State take(byte b) {
        if (--room < 0 || size > lineBytesMax) {
            return State.TOO_LONG;
        }
        if (sawCarriageReturn) {
            return b == '\n' ? State.WHOLE : State.BARE_CONTROL;
        }
        if (b == '\r') {
            sawCarriageReturn = true;
            return State.PARTIAL;
        }
        if (Tokens.isControl(b)) {
            return State.BARE_CONTROL;
        }
        if (size == line.length) {
            line = Arrays.copyOf(line, 2 * size);
        }
        line[size++] = b;
        return State.PARTIAL;
    }

    /// The whole line without its end; the reader goes on with the next one.
    byte[] take() {
        byte[] taken = Arrays.copyOf(line, size);
        size = 0;
        sawCarriageReturn = false;
        state = State.PARTIAL;
        return taken;
    }
}
