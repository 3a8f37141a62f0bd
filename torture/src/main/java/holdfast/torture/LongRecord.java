package holdfast.torture;

import holdfast.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Records of many bytes that have a short name. A history and a checker see `"3-17*60000"`; on the wire it is that name,
/// a colon and letters, 60,000 bytes in all, every one of them a function of name and place. So a record that comes back
/// is compared byte by byte, and a history stays small.
final class LongRecord {

    /// The longest name, its quotes and the colon fit.
    static final int BYTES_LEAST = 64;

    private static final Pattern NAME = Pattern.compile("\"([0-9]{1,9}-[0-9]{1,18}\\*([0-9]{1,9}))[\":]");
    private static final int NAME_BYTES_MAX = 40;
    /// What is kept of a record that is not what its name says.
    private static final int KEPT_BYTES = 120;
    private static final int LETTERS = 15;
    private static final long MULTIPLIER = 6364136223846793005L;
    private static final long INCREMENT = 1442695040888963407L;
    private static final int HIGH_BITS = 40;

    private LongRecord() {}

    /// The name of a record of `bytes` bytes, quotes included.
    static Bytes named(String text, int bytes) {
        return Wording.record(text + "*" + bytes);
    }

    /// What goes over the wire for a record of the history: most are sent as they are.
    static byte[] expanded(Bytes record) {
        String text = record.utf8();
        Matcher name = NAME.matcher(text);
        return name.matches() ? filled(name.group(1), Integer.parseInt(name.group(2))) : record.toArray();
    }

    /// How many bytes go over the wire for a record.
    static int size(Bytes record) {
        Matcher name = NAME.matcher(record.utf8());
        return name.matches() ? Integer.parseInt(name.group(2)) : record.size();
    }

    /// The record of the history for what came over the wire. What is not exactly what its name says keeps its beginning,
    /// so that the checker sees a record that nobody had asked to append.
    static Bytes shrunk(byte[] wire, int from, int to) {
        String start = new String(wire, from, Math.min(to - from, NAME_BYTES_MAX), StandardCharsets.ISO_8859_1);
        Matcher name = NAME.matcher(start);
        if (!name.lookingAt()) {
            return Bytes.copyOf(wire, from, Math.min(to, from + KEPT_BYTES));
        }
        int size = Integer.parseInt(name.group(2));
        return size == to - from && isFilled(wire, from, to, name.group(1))
                ? Wording.record(name.group(1))
                : Bytes.copyOf(wire, from, Math.min(to, from + KEPT_BYTES));
    }

    private static byte[] filled(String name, int bytes) {
        byte[] filled = new byte[bytes];
        byte[] start = ("\"" + name + ":").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, filled, 0, start.length);
        long state = name.hashCode();
        for (int i = start.length; i < bytes - 1; i++) {
            state = state * MULTIPLIER + INCREMENT;
            filled[i] = letter(state);
        }
        filled[bytes - 1] = '"';
        return filled;
    }

    private static boolean isFilled(byte[] wire, int from, int to, String name) {
        int at = from + name.length() + 2;
        if (wire[at - 1] != ':' || wire[to - 1] != '"') {
            return false;
        }
        long state = name.hashCode();
        for (; at < to - 1; at++) {
            state = state * MULTIPLIER + INCREMENT;
            if (wire[at] != letter(state)) {
                return false;
            }
        }
        return true;
    }

    private static byte letter(long state) {
        return (byte) ('a' + (state >>> HIGH_BITS & LETTERS));
    }
}
