package holdfast.server.streams;

import holdfast.Bytes;
import holdfast.server.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The text of events on its way to a client (the HTML standard, "Server-sent events"). Every line of a payload gets a field
/// name of its own, and a line ends where the client's parser ends it, at CR, LF or both; so no payload can forge an event.
///
/// What is small is one write. What is large is written piece by piece: the text of a record is never in memory as a whole.
final class EventText {

    /// With what surrounds a chunk, within what answers may take without being counted.
    private static final int PIECE_BYTES = 48 << 10;

    private static final byte[] DATA_FIELD = {'d', 'a', 't', 'a', ':'};

    private final Response.Sink sink;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();

    EventText(Response.Sink sink) {
        this.sink = sink;
    }

    /// Where a payload can be had.
    @FunctionalInterface
    interface Payload {
        void writeTo(OutputStream out) throws IOException;
    }

    /// @param id what a client that connects again sends as Last-Event-ID
    EventText data(String id, Payload payload, boolean isText) throws IOException {
        begin("data", id);
        Lines lines = new Lines();
        if (isText) {
            payload.writeTo(lines);
        } else {
            try (OutputStream base64 = Base64.getEncoder().wrap(lines)) {
                payload.writeTo(base64);
            }
        }
        lines.end();
        return this;
    }

    EventText control(String id, String json) throws IOException {
        begin("control", id);
        Lines lines = new Lines();
        lines.write(json.getBytes(StandardCharsets.UTF_8));
        lines.end();
        return this;
    }

    private void begin(String event, String id) {
        piece.writeBytes(("id: " + id + "\nevent: " + event + "\n").getBytes(StandardCharsets.UTF_8));
        piece.writeBytes(DATA_FIELD);
    }

    /// Sends what has not been sent yet.
    void flush() throws IOException {
        sink.write(Bytes.wrap(piece.toByteArray()));
        piece.reset();
    }

    /// A payload as the lines of one event.
    private final class Lines extends OutputStream {
        private boolean isAtStart = true;
        private boolean wasCarriageReturn;

        @Override
        public void write(int value) throws IOException {
            boolean endsPair = value == '\n' && wasCarriageReturn;
            wasCarriageReturn = value == '\r';
            if (endsPair) {
                return;
            }
            if (value == '\n' || value == '\r') {
                piece.write('\n');
                piece.writeBytes(DATA_FIELD);
                isAtStart = true;
            } else {
                if (isAtStart && value == ' ') {
                    // The client's parser drops one blank behind the colon.
                    piece.write(' ');
                }
                piece.write(value);
                isAtStart = false;
            }
            if (piece.size() >= PIECE_BYTES) {
                flush();
            }
        }

        @Override
        public void flush() throws IOException {
            EventText.this.flush();
        }

        void end() {
            piece.write('\n');
            piece.write('\n');
        }
    }
}
