package holdfast.server.streams;

import holdfast.server.http.Headers;
import holdfast.server.http.Tokens;
import holdfast.stream.CommandBounds;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Header values that have a grammar of their own.
final class Settings {

    static final long NONE = -1;
    static final long MALFORMED = -2;

    /// RFC 3339 §5.6.
    private static final Pattern TIME = Pattern.compile(
            "([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}):([0-5][0-9]|60)(?:\\.([0-9]+))?"
                    + "([Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))");

    private static final long MILLIS_PER_SECOND = 1_000;

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
        Matcher time = TIME.matcher(value);
        if (!time.matches()) {
            return MALFORMED;
        }
        try {
            // A leap second is told apart from the one before by nobody here.
            int second = Math.min(59, Integer.parseInt(time.group(2)));
            long local = LocalDateTime.parse(time.group(1).replace('t', 'T') + ":" + String.format(Locale.ROOT, "%02d", second))
                    .toEpochSecond(ZoneOffset.UTC);
            long millis = MILLIS_PER_SECOND * (local - offsetSeconds(time)) + fractionMillis(time.group(3));
            return millis >= 0 ? millis : MALFORMED;
        } catch (DateTimeException _) {
            return MALFORMED;
        }
    }

    private static long offsetSeconds(Matcher time) {
        if (time.group(5) == null) {
            return 0;
        }
        long seconds = 60L * (60 * Integer.parseInt(time.group(6)) + Integer.parseInt(time.group(7)));
        return time.group(5).equals("-") ? -seconds : seconds;
    }

    /// The digits behind the point, as many as there are.
    private static long fractionMillis(String digits) {
        return digits == null ? 0 : Long.parseLong((digits + "00").substring(0, 3));
    }
}
