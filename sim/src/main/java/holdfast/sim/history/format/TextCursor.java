package holdfast.sim.history.format;

/// A place in a text and the first thing that was found wrong with it. After that everything reads as the end, so
/// that a reader needs to ask only once.
final class TextCursor {

    static final char END = '\uFFFF';

    private final String text;
    private int end;
    private boolean lines;
    private int at;
    private int damagedAt = -1;
    private String complaint = "";

    /// Where the line begins that [#nextLine] went to, and its number.
    private int begin;
    private int number = 1;

    /// The last place in another line that was asked for, and its line.
    private int countedTo;
    private int countedLine = 1;

    TextCursor(String text) {
        this.text = text;
        end = text.length();
    }

    /// Goes to the beginning of the next line that is not blank, and no further than its end from now on. False
    /// when there is none.
    boolean nextLine() {
        begin(lines ? end + 1 : 0);
        lines = true;
        while (at < text.length()) {
            int newline = text.indexOf('\n', at);
            end = newline < 0 ? text.length() : newline;
            if (!isBlank(at, end)) {
                return true;
            }
            begin(end + 1);
        }
        at = text.length();
        return false;
    }

    /// The next line begins at `place`.
    private void begin(int place) {
        number += place == 0 ? 0 : 1;
        begin = place;
        at = place;
    }

    private boolean isBlank(int from, int to) {
        int place = from;
        while (place < to && text.charAt(place) <= ' ') {
            place++;
        }
        return place == to;
    }

    boolean isAtEnd() {
        return at >= end;
    }

    int at() {
        return at;
    }

    /// The rest of the line, which is then behind the cursor.
    String restOfLine() {
        String rest = text.substring(at, end);
        at = end;
        return rest;
    }

    void moveTo(int place) {
        at = place;
    }

    /// The character here, or [#END].
    char peek() {
        return at < end && damagedAt < 0 ? text.charAt(at) : END;
    }

    /// The character after the next one, or [#END].
    char peekSecond() {
        return at + 1 < end && damagedAt < 0 ? text.charAt(at + 1) : END;
    }

    char take() {
        char c = peek();
        at += c == END ? 0 : 1;
        return c;
    }

    boolean takeIf(char wanted) {
        boolean there = peek() == wanted;
        at += there ? 1 : 0;
        return there;
    }

    /// Whether the text goes on with `wanted`, which is then behind the cursor.
    boolean takeIf(String wanted) {
        boolean there = damagedAt < 0 && at + wanted.length() <= end && text.startsWith(wanted, at);
        at += there ? wanted.length() : 0;
        return there;
    }

    String from(int start) {
        return text.substring(start, at);
    }

    void complain(String sentence) {
        if (damagedAt < 0) {
            damagedAt = at;
            complaint = sentence;
        }
    }

    boolean isDamaged() {
        return damagedAt >= 0;
    }

    Damage damage() {
        return damagedAt < 0 ? null : new Damage(line(damagedAt), complaint);
    }

    /// The line of a place, from 1.
    int line(int place) {
        if (lines && place >= begin && place <= end) {
            return number;
        }
        if (place < countedTo) {
            countedTo = 0;
            countedLine = 1;
        }
        while (countedTo < Math.min(place, text.length())) {
            countedLine += text.charAt(countedTo++) == '\n' ? 1 : 0;
        }
        return countedLine;
    }

    /// What stands here, for a complaint.
    String shown() {
        char c = peek();
        return c == END ? "the end" : c < ' ' ? "a control character" : "'" + c + "'";
    }
}
