package holdfast.server.streams;

import holdfast.Bytes;
import holdfast.server.http.Client;
import holdfast.server.http.Headers;
import holdfast.server.http.Request;
import holdfast.server.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// The protocol's face without sockets: requests as lines, answers as the part of them that a test is about.
///
/// ```
/// PUT s Content-Type: text/plain | hello       method, stream and query, headers with semicolons between, body
/// ```
final class Face {

    static final int LONG_POLL_MILLIS = 40;
    /// Long for what must come out well, short for what is given up.
    static final int PATIENT = 30_000;
    static final int IMPATIENT = 60;

    /// What is told of an answer beside its status, and how.
    private static final List<String> TOLD = List.of(
            "Stream-Next-Offset", "Stream-Up-To-Date", "Stream-Closed", "Producer-Epoch", "Producer-Seq",
            "Producer-Expected-Seq", "Producer-Received-Seq", "Stream-TTL", "Stream-Expires-At", "Retry-After");

    final OneNode node = new OneNode();
    private final StreamsHandler handler;

    Face() {
        this(PATIENT);
    }

    Face(int holdMillis) {
        this(holdMillis, PATIENT);
    }

    Face(int holdMillis, int sseIdleMillis) {
        StreamsConfig config =
                new StreamsConfig("c", 1_000, LONG_POLL_MILLIS, LONG_POLL_MILLIS, sseIdleMillis, holdMillis, 8, 100, 1_000);
        handler = new StreamsHandler(node, config, new SplittableRandom(1));
    }

    /// The same with a stream of text that holds nothing.
    Face withStream(String name) throws InterruptedException {
        ask("PUT " + name + " Content-Type: text/plain");
        return this;
    }

    Response ask(String line) throws InterruptedException {
        int bar = line.indexOf(" | ");
        String head = bar < 0 ? line : line.substring(0, bar);
        String body = bar < 0 ? "" : line.substring(bar + 3);
        String[] parts = head.strip().split(" ", 3);
        Headers headers = new Headers();
        if (parts.length < 3 || !parts[2].startsWith("Host:")) {
            headers.add("Host", "h");
        }
        if (parts.length == 3) {
            for (String header : parts[2].split("; ?")) {
                int colon = header.indexOf(':');
                headers.add(header.substring(0, colon), header.substring(colon + 1).strip());
            }
        }
        Request request = new Request(parts[0], StreamName.MOUNT + parts[1], true, headers, Bytes.utf8(body));
        try {
            return handler.handle(request, Client.PATIENT);
        } catch (IOException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    /// The answer in a line: `200 next=1 tail closed hello`.
    String tell(String line) throws InterruptedException {
        return tell(ask(line));
    }

    /// Each line is a request, an arrow and what is told of the answer: the same lines again, with what is told now.
    String tellAll(String lines) throws InterruptedException {
        StringBuilder told = new StringBuilder();
        for (String line : lines.lines().toList()) {
            int arrow = line.indexOf(" -> ");
            told.append(line, 0, arrow).append(" -> ").append(tell(line.substring(0, arrow).stripTrailing())).append('\n');
        }
        return told.toString();
    }

    static String tell(Response response) {
        StringBuilder told = new StringBuilder().append(response.status());
        for (String name : TOLD) {
            String value = response.headers().first(name);
            if (value != null) {
                told.append(' ').append(word(name, value));
            }
        }
        String body = bodyOf(response);
        return told.append(body.isEmpty() ? "" : " " + body).toString();
    }

    private static String word(String name, String value) {
        return switch (name) {
            case "Stream-Next-Offset" -> "next=" + ((Offset.At) Offset.parse(value)).offset();
            case "Stream-Up-To-Date" -> "tail";
            case "Stream-Closed" -> "closed";
            case "Retry-After" -> "later";
            default -> name.substring(name.indexOf('-') + 1).toLowerCase(Locale.ROOT) + "=" + value;
        };
    }

    /// Of a problem its type and outcome; of events the text up to their end.
    private static String bodyOf(Response response) {
        String body = switch (response) {
            case Response.Whole whole -> whole.body().utf8();
            case Response.Live live -> run(live.source());
        };
        if (!"application/problem+json".equals(response.headers().first("Content-Type"))) {
            return body;
        }
        String type = body.replaceFirst("(?s).*urn:holdfast:problem:([a-z-]+).*", "$1");
        return body.contains("\"outcome\"")
                ? type + ", " + body.replaceFirst("(?s).*\"outcome\":\"([a-z-]+)\".*", "$1")
                : type;
    }

    private static String run(Response.Source source) {
        StringBuilder text = new StringBuilder();
        try {
            source.writeTo(bytes -> text.append(new String(bytes.toArray(), StandardCharsets.UTF_8)));
        } catch (IOException | InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
        return text.toString();
    }
}
