package holdfast.server.streams;

import holdfast.Bytes;
import holdfast.server.http.Response;
import java.util.List;

/// A request's body as records: one for bytes, one per message for JSON.
final class Records {

    /// Records, or the answer to a body that holds none; one of the two is null.
    record Parsed(List<Bytes> records, Response refusal) {}

    private Records() {}

    /// A body that is not empty.
    static Parsed ofAppend(Bytes body, String contentType) {
        if (!Media.isJson(contentType)) {
            return new Parsed(List.of(body), null);
        }
        List<Bytes> messages = Json.messages(body);
        if (messages == null) {
            return refused("bad-json", "the body is not valid JSON");
        }
        return messages.isEmpty()
                ? refused("empty-array", "an array without elements appends nothing")
                : new Parsed(messages, null);
    }

    /// The first content of a stream, which may be none at all: an empty body, or an array without elements.
    static Parsed ofCreate(Bytes body, String contentType) {
        if (body.isEmpty()) {
            return new Parsed(List.of(), null);
        }
        if (!Media.isJson(contentType)) {
            return new Parsed(List.of(body), null);
        }
        List<Bytes> messages = Json.messages(body);
        return messages == null ? refused("bad-json", "the body is not valid JSON") : new Parsed(messages, null);
    }

    private static Parsed refused(String type, String detail) {
        return new Parsed(null, Problem.notWritten(400, type, detail));
    }
}
