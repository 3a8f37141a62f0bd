package holdfast.sim.history;

import holdfast.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The words of one line, taken from left to right. The first thing that is wrong is kept as a sentence; after
/// it every taker returns a harmless value, so that the parser needs no exception and only asks once, at the end.
final class HistoryWords {

    private final String[] words;
    private int next;
    private String complaint = "";

    HistoryWords(String line) {
        words = line.split(" ", -1);
    }

    String complaint() {
        return complaint;
    }

    void complain(String sentence) {
        if (complaint.isEmpty()) {
            complaint = sentence;
        }
    }

    /// The next word, or an empty one when the line is at its end.
    String word(String what) {
        if (next == words.length) {
            complain("the line ends where " + what + " should stand");
            return "";
        }
        return words[next++];
    }

    void keyword(String expected) {
        String found = word("'" + expected + "'");
        if (!found.equals(expected)) {
            complain("'" + expected + "' should stand where '" + found + "' stands");
        }
    }

    /// Takes the word if it is the next one.
    boolean optional(String keyword) {
        boolean present = next < words.length && words[next].equals(keyword);
        if (present) {
            next++;
        }
        return present;
    }

    long number(String keyword) {
        keyword(keyword);
        return number();
    }

    long number() {
        String found = word("a number");
        try {
            long value = Long.parseLong(found);
            if (!Long.toString(value).equals(found)) {
                complain("'" + found + "' is not how this number is written");
            }
            return value;
        } catch (NumberFormatException damaged) {
            complain("'" + found + "' is not a number");
            return 0;
        }
    }

    int smallNumber(String what) {
        long value = number();
        if (value != (int) value) {
            complain(what + " " + value + " is too large");
        }
        return (int) value;
    }

    String name() {
        Bytes bytes = bytes(word("a name"));
        try {
            ByteBuffer buffer = bytes.buffer();
            return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
        } catch (CharacterCodingException damaged) {
            complain("a name is not UTF-8");
            return "";
        }
    }

    /// The word `records` and every word after it.
    List<Bytes> records() {
        keyword("records");
        List<Bytes> records = new ArrayList<>();
        while (next < words.length) {
            records.add(bytes(words[next++]));
        }
        return records;
    }

    void end() {
        if (next < words.length) {
            complain("'" + words[next] + "' stands after the end of the event");
        }
    }

    private Bytes bytes(String written) {
        if (written.equals("%")) {
            return Bytes.EMPTY;
        }
        byte[] bytes = new byte[written.length()];
        int size = 0;
        int at = 0;
        while (at < written.length()) {
            char c = written.charAt(at);
            boolean escaped = c == '%';
            int value = escaped ? escaped(written, at) : c;
            if (value < 0 || HistoryText.isPlain(value) == escaped) {
                complain("'" + written + "' is not how bytes are written");
                return Bytes.EMPTY;
            }
            bytes[size++] = (byte) value;
            at += escaped ? 3 : 1;
        }
        if (size == 0) {
            complain("a word is empty: there are two spaces, or one at the end");
        }
        return Bytes.copyOf(bytes, 0, size);
    }

    /// The byte behind the percent sign at `at`, or -1.
    private static int escaped(String written, int at) {
        if (at + 2 >= written.length()) {
            return -1;
        }
        int high = hexadecimal(written.charAt(at + 1));
        int low = hexadecimal(written.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    /// Lower case only, so that every run of bytes is written in one way.
    private static int hexadecimal(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
