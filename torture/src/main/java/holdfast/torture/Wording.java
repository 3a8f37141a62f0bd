package holdfast.torture;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.server.client.Called;
import holdfast.server.client.Problems;
import holdfast.server.http.Headers;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.stream.Command;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Between the words of a history and HTTP. Streams are JSON, so that every record keeps its bounds; records are
/// JSON strings of plain characters.
final class Wording {

    private static final Pattern OFFSET = Pattern.compile("([0-9]{16})_0{16}");

    /// What is sent for a call.
    record Sent(String method, String target, Headers headers, Bytes body) {}

    /// What one answer to a read shows. `next` is the offset behind the last record; `closed` only where that is the end.
    record Page(List<Bytes> records, long next, boolean isUpToDate, boolean closed) {}

    private Wording() {}

    static Bytes record(String text) {
        return Bytes.utf8("\"" + text + "\"");
    }

    // ---- calls ---------------------------------------------------------------------------------------------

    /// `token` is that of the session's latest answer, or empty.
    static Sent sent(Call call, String token) {
        String path = "/v1/stream/" + call.stream();
        return switch (call) {
            case Call.Create _ -> new Sent("PUT", path, json(), Bytes.EMPTY);
            case Call.Append append -> new Sent("POST", path, headers(append), body(append.records()));
            case Call.Close _ -> new Sent("POST", path, Headers.of("Stream-Closed", "true"), Bytes.EMPTY);
            case Call.Delete _ -> new Sent("DELETE", path, new Headers(), Bytes.EMPTY);
            case Call.Read read -> new Sent(
                    "GET", path + "?offset=" + offset(read.from()), level(read.level(), token), Bytes.EMPTY);
            case Call.Tail tail -> new Sent("HEAD", path, level(tail.level(), token), Bytes.EMPTY);
        };
    }

    private static Headers json() {
        return Headers.of("Content-Type", "application/json");
    }

    private static Headers headers(Call.Append append) {
        Headers headers = json();
        if (append.close()) {
            headers.add("Stream-Closed", "true");
        }
        if (append.expectedTail() != Command.ANY_TAIL) {
            headers.add("Holdfast-Expected-Offset", offset(append.expectedTail()));
        }
        Command.Producer producer = append.producer();
        if (!producer.isNone()) {
            headers.add("Producer-Id", producer.id());
            headers.add("Producer-Epoch", Long.toString(producer.epoch()));
            headers.add("Producer-Seq", Long.toString(producer.seq()));
        }
        return headers;
    }

    private static Headers level(Level level, String token) {
        Headers headers = Headers.of("Holdfast-Read", level.name().toLowerCase(Locale.ROOT));
        return token.isEmpty() ? headers : headers.add("Holdfast-Token", token);
    }

    private static Bytes body(List<Bytes> records) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        for (Bytes record : records) {
            array.write(array.size() == 0 ? '[' : ',');
            array.writeBytes(LongRecord.expanded(record));
        }
        array.write(']');
        return Bytes.wrap(array.toByteArray());
    }

    static String offset(long offset) {
        return String.format(Locale.ROOT, "%016d_%016d", offset, 0);
    }

    // ---- answers -------------------------------------------------------------------------------------------

    static Answer answer(Call call, Called called) {
        return switch (called) {
            case Called.NotSent _ -> isRead(call) ? new Answer.Nothing() : new Answer.NotWritten();
            case Called.Silent _ -> isRead(call) ? new Answer.Nothing() : new Answer.Unknown();
            case Called.Answered answer -> answer(call, answer);
        };
    }

    private static boolean isRead(Call call) {
        return switch (call) {
            case Call.Read _, Call.Tail _ -> true;
            case Call.Create _, Call.Append _, Call.Close _, Call.Delete _ -> false;
        };
    }

    private static Answer answer(Call call, Called.Answered answer) {
        if (answer.status() == 404) {
            return new Answer.NoSuchStream();
        }
        if (!answer.isGood()) {
            return isRead(call) ? readRefused(answer) : writeRefused(answer);
        }
        long next = number(answer.header("Stream-Next-Offset"));
        boolean closed = answer.header("Stream-Closed").equals("true");
        return switch (call) {
            case Call.Create _ -> answer.status() == 201
                    ? new Answer.Created(Answer.INCARNATION_UNTOLD)
                    : new Answer.AlreadyExists(Answer.INCARNATION_UNTOLD, next, closed);
            case Call.Append append -> appended(append, answer, next, closed);
            case Call.Close _ -> new Answer.Closed(next);
            case Call.Delete _ -> new Answer.Deleted();
            case Call.Read read -> records(read, answer);
            case Call.Tail _ -> new Answer.TailIs(next, closed);
        };
    }

    /// New data of a producer is 200 and a duplicate 204; a duplicate without a digest is one whose receipt has
    /// been forgotten.
    private static Answer appended(Call.Append append, Called.Answered answer, long next, boolean closed) {
        boolean duplicate = !append.producer().isNone() && answer.status() == 204;
        if (duplicate && answer.header("Holdfast-Digest").isEmpty()) {
            return new Answer.DuplicateForgotten(Long.parseLong(answer.header("Producer-Seq")), next);
        }
        return new Answer.Appended(next - append.records().size(), next, duplicate, closed);
    }

    /// Only an answer that reaches the tail tells where the tail is.
    private static Answer records(Call.Read read, Called.Answered answer) {
        Page page = page(answer);
        return page.isUpToDate()
                ? new Answer.Records(read.from(), page.records(), page.next(), page.closed())
                : new Answer.Nothing();
    }

    static Page page(Called.Answered answer) {
        return new Page(
                elements(answer.body()), number(answer.header("Stream-Next-Offset")),
                answer.header("Stream-Up-To-Date").equals("true"), answer.header("Stream-Closed").equals("true"));
    }

    /// The elements of an array of strings that hold neither commas nor quotes, as they stand in a history.
    static List<Bytes> elements(Bytes body) {
        byte[] text = body.toArray();
        int end = text.length;
        while (end > 0 && text[end - 1] <= ' ') {
            end--;
        }
        List<Bytes> elements = new ArrayList<>();
        if (end <= 2 || text[0] != '[' || text[end - 1] != ']') {
            return elements;
        }
        int from = 1;
        for (int at = 1; at < end; at++) {
            if (text[at] == ',' || at == end - 1) {
                elements.add(LongRecord.shrunk(text, from, at));
                from = at + 1;
            }
        }
        return elements;
    }

    private static Answer readRefused(Called.Answered answer) {
        long tail = number(Problems.sentence(answer));
        return answer.status() == 400 && tail >= 0 ? new Answer.PastTail(tail) : new Answer.Nothing();
    }

    private static Answer writeRefused(Called.Answered answer) {
        if (answer.status() == 503) {
            return Problems.isNotWritten(answer) ? new Answer.NotWritten() : new Answer.Unknown();
        }
        return switch (Problems.type(answer)) {
            case "stream-closed" -> new Answer.StreamClosed(number(answer.header("Stream-Next-Offset")));
            case "wrong-tail" -> new Answer.WrongTail(number(answer.header("Stream-Next-Offset")));
            case "sequence-gap" -> new Answer.SequenceGap(Long.parseLong(answer.header("Producer-Expected-Seq")));
            case "producer-forgotten" -> new Answer.ProducerForgotten(Long.parseLong(answer.header("Producer-Epoch")));
            case "fenced" -> new Answer.Fenced(Long.parseLong(answer.header("Producer-Epoch")));
            // An error without a word about the outcome promises nothing.
            default -> Problems.isNotWritten(answer) ? new Answer.NotWritten() : new Answer.Unknown();
        };
    }

    /// The offset somewhere in a text, or -1.
    static long number(String text) {
        Matcher found = OFFSET.matcher(text);
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }
}
