package holdfast.server.streams;

import holdfast.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Base64;

/// The text of events. Every line of a payload gets a field name of its own, and a line ends where the
/// client's parser ends it, at CR, LF or both; so no payload can forge an event.
final class EventText {

    private static final byte[] DATA_FIELD = {'d', 'a', 't', 'a', ':'};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    EventText data(Bytes payload, boolean isText) {
        line("event: data");
        lines(isText ? payload.toArray() : Base64.getEncoder().encode(payload.toArray()));
        return this;
    }

    EventText control(String json) {
        line("event: control");
        lines(Bytes.utf8(json).toArray());
        return this;
    }

    private void line(String text) {
        out.writeBytes(Bytes.utf8(text).toArray());
        out.write('\n');
    }

    private void lines(byte[] payload) {
        int from = 0;
        for (int at = 0; at <= payload.length; at++) {
            boolean isEnd = at == payload.length || payload[at] == '\n' || payload[at] == '\r';
            if (isEnd && at >= from) {
                out.writeBytes(DATA_FIELD);
                if (from < at && payload[from] == ' ') {
                    // The client's parser drops one blank behind the colon.
                    out.write(' ');
                }
                out.write(payload, from, at - from);
                out.write('\n');
                boolean isPair = at + 1 < payload.length && payload[at] == '\r' && payload[at + 1] == '\n';
                from = at + (isPair ? 2 : 1);
            }
        }
        out.write('\n');
    }

    Bytes bytes() {
        return Bytes.wrap(out.toByteArray());
    }
}
