package holdfast.server.streams;

import holdfast.Bytes;
import holdfast.server.http.Response;
import holdfast.stream.CommandBounds;
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
        Parsed messages = messages(body);
        return messages.refusal() == null && messages.records().isEmpty()
                ? refused(400, "empty-array", "an array without elements appends nothing")
                : messages;
    }

    /// The first content of a stream, which may be none at all: an empty body, or an array without elements.
    static Parsed ofCreate(Bytes body, String contentType) {
        if (body.isEmpty()) {
            return new Parsed(List.of(), null);
        }
        if (!Media.isJson(contentType)) {
            return new Parsed(List.of(body), null);
        }
        return messages(body);
    }

    private static Parsed messages(Bytes body) {
        return switch (Json.split(body, CommandBounds.RECORDS_MAX)) {
            case Json.Split.Messages(List<Bytes> messages) -> new Parsed(messages, null);
            case Json.Split.TooMany _ ->
                    refused(413, "too-large", "an append has at most " + CommandBounds.RECORDS_MAX + " records");
            case Json.Split.NotJson _ -> refused(400, "bad-json", "the body is not JSON, or nested more than "
                    + Json.DEPTH_MAX + " levels deep");
        };
    }

    private static Parsed refused(int status, String type, String detail) {
        return new Parsed(null, Problem.notWritten(status, type, detail));
    }
}
