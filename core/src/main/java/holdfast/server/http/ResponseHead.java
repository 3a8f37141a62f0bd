package holdfast.server.http;

import holdfast.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The bytes in front of a response's body.
final class ResponseHead {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private ResponseHead() {}

    /// What becomes of the connection, as the client is to be told. An HTTP/1.0 client expects the end of it unless it is
    /// told otherwise (RFC 9112 §9.3).
    enum Persistence {
        USUAL(""), CLOSES("Connection: close\r\n"), KEPT("Connection: keep-alive\r\n");

        private final String field;

        Persistence(String field) {
            this.field = field;
        }

        static Persistence of(Request request, boolean keeps) {
            return !keeps ? CLOSES : request.http11() ? USUAL : KEPT;
        }
    }

    /// @param framing how the body ends: a Content-Length, chunks, or nothing
    static Bytes of(Response response, String framing, Persistence persistence) {
        StringBuilder head = new StringBuilder(1_536);
        head.append("HTTP/1.1 ").append(response.status()).append(' ').append(reason(response.status()));
        head.append("\r\nDate: ").append(date()).append("\r\n");
        for (Headers.Field field : response.headers().fields()) {
            head.append(field.name()).append(": ").append(oneLine(field.value())).append("\r\n");
        }
        head.append(framing).append(persistence.field).append("\r\n");
        return Bytes.wrap(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /// A date is the same for a second, and costs more than the rest of a head.
    private record Second(long second, String date) {}

    private static volatile Second lastSecond = new Second(0, "");

    private static String date() {
        long second = Math.floorDiv(System.currentTimeMillis(), 1_000L);
        Second last = lastSecond;
        if (last.second() != second) {
            last = new Second(second, DATE.format(Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC)));
            lastSecond = last;
        }
        return last.date();
    }

    /// Whatever a value is made of, it must not begin a header of its own.
    private static String oneLine(String value) {
        return value.indexOf('\r') < 0 && value.indexOf('\n') < 0 ? value : value.replace('\r', ' ').replace('\n', ' ');
    }

    /// Whether a response of this status never has a body (RFC 9110 §6.4.1).
    static boolean isBodiless(int status) {
        return status < 200 || status == 204 || status == 304;
    }

    /// The words for a status (RFC 9110 §15).
    static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 204 -> "No Content";
            case 304 -> "Not Modified";
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 417 -> "Expectation Failed";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            case 507 -> "Insufficient Storage";
            default -> "Status " + status;
        };
    }
}
