package holdfast.server.streams;

import holdfast.server.http.Headers;
import holdfast.server.http.Response;
import holdfast.stream.Command;

/// Who sends an append, so that its retry is recognised: three headers or none.
final class ProducerHeaders {

    /// A producer (perhaps none), or the answer to headers that name half of one; one of the two is null.
    record Parsed(Command.Producer producer, Response refusal) {}

    private ProducerHeaders() {}

    static Parsed of(Headers headers) {
        String id = headers.first(StreamHeaders.PRODUCER_ID);
        long epoch = Settings.number(headers, StreamHeaders.PRODUCER_EPOCH);
        long seq = Settings.number(headers, StreamHeaders.PRODUCER_SEQ);
        if (id == null && epoch == Settings.NONE && seq == Settings.NONE) {
            return new Parsed(Command.Producer.NONE, null);
        }
        if (id == null || epoch == Settings.NONE || seq == Settings.NONE) {
            return refused("Producer-Id, Producer-Epoch and Producer-Seq come together or not at all");
        }
        if (id.isEmpty()) {
            return refused("a producer's id is not empty");
        }
        if (epoch == Settings.MALFORMED || seq == Settings.MALFORMED) {
            return refused("a producer's epoch and seq are whole numbers from 0 to 2^53-1");
        }
        return new Parsed(new Command.Producer(id, epoch, seq), null);
    }

    private static Parsed refused(String detail) {
        return new Parsed(null, Problem.notWritten(400, "bad-producer", detail));
    }
}
