package holdfast.sim.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The words of one line, taken from left to right. The first thing that is wrong is kept as a sentence that says what
/// would be right; after it every taker returns a harmless value, so that the parser asks only once, at the end.
final class PlanWords {

    private static final int SHOWN_MAX = 40;
    private static final int WHOLE_DIGITS_MAX = 12;
    private static final int FRACTION_DIGITS = 6;
    private static final long MILLION = 1_000_000;

    private final int line;
    private final String[] words;
    private int next;
    private String complaint = "";

    /// @param line its number in the text, from 1
    PlanWords(int line, String text) {
        this.line = line;
        words = text.split("\\s+");
    }

    int line() {
        return line;
    }

    String complaint() {
        return complaint;
    }

    void complain(String sentence) {
        if (complaint.isEmpty()) {
            complaint = sentence;
        }
    }

    void mustBe(boolean right, String sentence) {
        if (!right) {
            complain(sentence);
        }
    }

    /// Whether these are the next words; they are not taken.
    boolean isNext(String... expected) {
        return next + expected.length <= words.length
                && Arrays.equals(words, next, next + expected.length, expected, 0, expected.length);
    }

    /// The next word, or an empty one when the line is at its end.
    String word(String what) {
        if (next == words.length) {
            complain("the line ends where " + what + " should stand");
            return "";
        }
        return words[next++];
    }

    /// Takes words that must stand here.
    PlanWords keyword(String expected) {
        for (String keyword : expected.split(" ")) {
            String found = word("'" + keyword + "'");
            mustBe(found.equals(keyword), "'" + keyword + "' should stand where '" + shown(found) + "' stands");
        }
        return this;
    }

    void end() {
        if (next < words.length) {
            complain("'" + shown(words[next]) + "' stands where the line should end");
        }
    }

    // ---- numbers -------------------------------------------------------------------------------------------

    long number(String what, long low, long high) {
        String found = word("a number");
        long value = parsed(found, what);
        return within(value, low, high, what + " is from " + low + " to " + high + ", not " + shown(found), low);
    }

    int small(String what, int low, int high) {
        return (int) number(what, low, high);
    }

    /// Seconds in the text, microseconds in the plan.
    long micros(String what, long low, long high) {
        String found = word("a number of seconds");
        long value = parsedMicros(found, what);
        String range = what + " is from " + seconds(low) + " to " + seconds(high) + " seconds, not " + shown(found);
        return within(value, low, high, range, low);
    }

    private long within(long value, long low, long high, String sentence, long harmless) {
        mustBe(value >= low && value <= high, sentence);
        return complaint.isEmpty() ? value : harmless;
    }

    private long parsed(String found, String what) {
        try {
            int sign = found.startsWith("-") ? 1 : 0;
            if (isDigits(found, sign, found.length())) {
                return Long.parseLong(found);
            }
        } catch (NumberFormatException tooLarge) {
            complain(what + " " + shown(found) + " is too large");
        }
        complain(what + " is a whole number, not '" + shown(found) + "'");
        return 0;
    }

    private long parsedMicros(String found, String what) {
        int sign = found.startsWith("-") ? 1 : 0;
        int point = found.indexOf('.');
        int wholeEnd = point < 0 ? found.length() : point;
        int fraction = point < 0 ? 0 : found.length() - point - 1;
        boolean isWritten = isDigits(found, sign, wholeEnd)
                && wholeEnd - sign <= WHOLE_DIGITS_MAX
                && (point < 0 || isDigits(found, point + 1, found.length()) && fraction <= FRACTION_DIGITS);
        if (!isWritten) {
            complain(what + " is in seconds with at most six decimals, as 1.250000, not '" + shown(found) + "'");
            return 0;
        }
        long value = Long.parseLong(found, sign, wholeEnd, 10) * MILLION;
        long part = fraction == 0 ? 0 : Long.parseLong(found, point + 1, found.length(), 10);
        for (int digits = fraction; digits < FRACTION_DIGITS; digits++) {
            part *= 10;
        }
        return sign == 1 ? -(value + part) : value + part;
    }

    private static boolean isDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to;
    }

    /// Numbers separated by commas.
    List<Integer> numbers(String what, int low, int high) {
        ArrayList<Integer> list = new ArrayList<>();
        for (String word : word("numbers").split(",", -1)) {
            long value = parsed(word, what);
            list.add((int) within(value, low, high, what + " is from " + low + " to " + high + ", not " + shown(word), low));
        }
        return list;
    }

    // ---- nodes ---------------------------------------------------------------------------------------------

    int node(int nodes) {
        return nodeOf(word("a node"), nodes);
    }

    /// Nodes separated by commas, each once.
    List<Integer> nodeList(int nodes) {
        ArrayList<Integer> list = new ArrayList<>();
        for (String word : word("nodes").split(",", -1)) {
            int node = nodeOf(word, nodes);
            mustBe(!list.contains(node), "node " + node + " is named twice");
            list.add(node);
        }
        return list;
    }

    private int nodeOf(String word, int nodes) {
        boolean exists = word.length() == 1 && word.charAt(0) >= '1' && word.charAt(0) <= '0' + nodes;
        mustBe(exists, "there is no node '" + shown(word) + "'; the plan has nodes 1 to " + nodes);
        return exists ? word.charAt(0) - '0' : 1;
    }

    // ---- text ----------------------------------------------------------------------------------------------

    /// Seconds with six digits.
    static String seconds(long micros) {
        long size = Math.abs(micros);
        String fraction = Long.toString(MILLION + size % MILLION).substring(1);
        return (micros < 0 ? "-" : "") + size / MILLION + "." + fraction;
    }

    /// A word of a file as a sentence may show it: not too long, and nothing that a terminal would obey.
    static String shown(String word) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(word.length(), SHOWN_MAX); i++) {
            char c = word.charAt(i);
            shown.append(c > ' ' && c <= '~' ? c : '?');
        }
        return word.length() > SHOWN_MAX ? shown + "..." : shown.toString();
    }
}
