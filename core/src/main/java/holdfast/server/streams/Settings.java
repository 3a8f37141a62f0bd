package holdfast.server.streams;

import holdfast.server.http.Headers;
import holdfast.server.http.Tokens;
import holdfast.stream.CommandBounds;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/// Header values that have a grammar of their own.
final class Settings {

    static final long NONE = -1;
    static final long MALFORMED = -2;

    private Settings() {}

    /// Only the value `true`, in any case, says so; any other is as if the header were not there.
    static boolean isClosed(Headers headers) {
        return "true".equalsIgnoreCase(headers.first(StreamHeaders.CLOSED));
    }

    /// A number in plain decimal, without sign or leading zeros, up to `2^53 - 1`; [#NONE] if the header is
    /// absent, [#MALFORMED] if it is anything else.
    static long number(Headers headers, String name) {
        String value = headers.first(name);
        if (value == null) {
            return NONE;
        }
        boolean hasLeadingZero = value.length() > 1 && value.charAt(0) == '0';
        if (hasLeadingZero || !Tokens.isDecimal(value, 1, 16)) {
            return MALFORMED;
        }
        long number = Long.parseLong(value);
        return number <= CommandBounds.NUMBER_MAX ? number : MALFORMED;
    }

    /// A time as RFC 3339 writes it, in milliseconds since 1970.
    static long time(Headers headers, String name) {
        String value = headers.first(name);
        if (value == null) {
            return NONE;
        }
        try {
            long millis = OffsetDateTime.parse(value).toInstant().toEpochMilli();
            return millis >= 0 ? millis : MALFORMED;
        } catch (DateTimeException | ArithmeticException _) {
            return MALFORMED;
        }
    }
}
