package holdfast.sim.history;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.stream.Command;
import java.util.List;

/// A [History] as text, one event a line, after one line that names the format:
///
///     holdfast-history 1
///     invoke 0 client 1 append events expect 40 producer p3 0 9 close records a-1 a-2
///     answer 0 appended first 40 next 42 duplicate closed
///     invoke 1 client 2 read events from 40 max 100 local session 7
///     answer 1 records from 40 tail 42 closed records a-1 a-2
///
/// Words stand in a fixed order; those with a default (`expect`, `producer`, `close`, `duplicate`, `closed`,
/// `local`, `session`) are left out when they say nothing. Names and records are written as they are when they
/// consist of letters, digits, `.`, `_`, `/` and `-`; every other byte is `%` and two hexadecimal digits, and the
/// empty run is a lone `%`. A read text writes out to the same text.
public final class HistoryText {

    /// The first line.
    public static final String HEADER = "holdfast-history 1";

    /// What a trace puts in place of the rest of a long line. No history has it: a bracket is written as `%5b`.
    public static final String CUT = "[..]";

    private static final String HEX = "0123456789abcdef";

    private HistoryText() {}

    /// What reading a text gives.
    public sealed interface Parsed {

        record Whole(History history) implements Parsed {}

        /// `line` counts from 1; `sentence` says what is wrong there.
        record Damaged(int line, String sentence) implements Parsed {}
    }

    public static Parsed parse(String text) {
        return new HistoryParser().parse(text);
    }

    public static String write(History history) {
        StringBuilder out = new StringBuilder(HEADER).append('\n');
        for (Event event : history.events()) {
            write(out, event);
            out.append('\n');
        }
        return out.toString();
    }

    /// One event without a line end; the form reports and traces use.
    public static String line(Event event) {
        StringBuilder out = new StringBuilder();
        write(out, event);
        return out.toString();
    }

    /// What was asked for, without when and by whom.
    public static String words(Call call) {
        StringBuilder out = new StringBuilder();
        write(out, call);
        return out.toString();
    }

    /// What was told, without when and to whom.
    public static String words(Answer answer) {
        StringBuilder out = new StringBuilder();
        write(out, answer);
        return out.toString();
    }

    private static void write(StringBuilder out, Event event) {
        switch (event) {
            case Event.Invoked invoked -> {
                out.append("invoke ").append(invoked.op()).append(" client ").append(invoked.client()).append(' ');
                write(out, invoked.call());
            }
            case Event.Answered answered -> {
                out.append("answer ").append(answered.op()).append(' ');
                write(out, answered.answer());
            }
        }
    }

    private static void write(StringBuilder out, Call call) {
        switch (call) {
            case Call.Create create -> name(out.append("create "), create.stream());
            case Call.Append append -> append(out, append);
            case Call.Read read -> {
                name(out.append("read "), read.stream());
                out.append(" from ").append(read.from()).append(" max ").append(read.recordsMax());
                level(out, read.level(), read.session());
            }
            case Call.Tail tail -> {
                name(out.append("tail "), tail.stream());
                level(out, tail.level(), tail.session());
            }
            case Call.Close close -> name(out.append("close "), close.stream());
            case Call.Delete delete -> name(out.append("delete "), delete.stream());
        }
    }

    private static void append(StringBuilder out, Call.Append append) {
        name(out.append("append "), append.stream());
        if (append.expectedTail() != Command.ANY_TAIL) {
            out.append(" expect ").append(append.expectedTail());
        }
        Command.Producer producer = append.producer();
        if (!producer.isNone()) {
            name(out.append(" producer "), producer.id());
            out.append(' ').append(producer.epoch()).append(' ').append(producer.seq());
        }
        flag(out, append.close(), " close");
        records(out, append.records());
    }

    private static void level(StringBuilder out, Level level, long session) {
        flag(out, level == Level.LOCAL, " local");
        if (session != Call.NO_SESSION) {
            out.append(" session ").append(session);
        }
    }

    private static void write(StringBuilder out, Answer answer) {
        switch (answer) {
            case Answer.Created created -> number(out.append("created"), "incarnation", created.incarnation());
            case Answer.AlreadyExists a -> {
                number(out.append("already-exists"), "incarnation", a.incarnation());
                flag(number(out, "tail", a.tail()), a.closed(), " closed");
            }
            case Answer.Appended a -> {
                number(number(out.append("appended"), "first", a.first()), "next", a.next());
                flag(out, a.duplicate(), " duplicate");
                flag(out, a.closed(), " closed");
            }
            case Answer.DuplicateForgotten f -> number(number(out.append("forgotten"), "last", f.lastSeq()), "tail", f.tail());
            case Answer.Closed closed -> number(out.append("closed"), "tail", closed.tail());
            case Answer.Deleted _ -> out.append("deleted");
            case Answer.NoSuchStream _ -> out.append("no-such-stream");
            case Answer.WrongTail wrong -> number(out.append("wrong-tail"), "tail", wrong.tail());
            case Answer.StreamClosed closed -> number(out.append("stream-closed"), "tail", closed.tail());
            case Answer.SequenceGap gap -> number(out.append("gap"), "expected", gap.expectedSeq());
            case Answer.Fenced fenced -> number(out.append("fenced"), "epoch", fenced.currentEpoch());
            case Answer.ProducerForgotten f -> number(out.append("producer-forgotten"), "epoch", f.epoch());
            case Answer.NotWritten _ -> out.append("not-written");
            case Answer.Unknown _ -> out.append("unknown");
            case Answer.Records r -> {
                number(number(out.append("records"), "from", r.from()), "tail", r.tail());
                flag(out, r.closed(), " closed");
                records(out, r.records());
            }
            case Answer.TailIs tail -> flag(number(out.append("tail-is"), "tail", tail.tail()), tail.closed(), " closed");
            case Answer.PastTail past -> number(out.append("past-tail"), "tail", past.tail());
            case Answer.Nothing _ -> out.append("nothing");
        }
    }

    private static StringBuilder number(StringBuilder out, String word, long value) {
        return out.append(' ').append(word).append(' ').append(value);
    }

    private static void flag(StringBuilder out, boolean set, String word) {
        if (set) {
            out.append(word);
        }
    }

    private static void records(StringBuilder out, List<Bytes> records) {
        out.append(" records");
        for (Bytes record : records) {
            out.append(' ');
            escape(out, record);
        }
    }

    private static void name(StringBuilder out, String name) {
        escape(out, Bytes.utf8(name));
    }

    private static void escape(StringBuilder out, Bytes bytes) {
        if (bytes.isEmpty()) {
            out.append('%');
        }
        for (int i = 0; i < bytes.size(); i++) {
            int value = bytes.get(i) & 0xFF;
            if (isPlain(value)) {
                out.append((char) value);
            } else {
                out.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
            }
        }
    }

    /// Whether a byte is written as the character it is.
    static boolean isPlain(int value) {
        return value >= 'a' && value <= 'z'
                || value >= 'A' && value <= 'Z'
                || value >= '0' && value <= '9'
                || value == '.'
                || value == '_'
                || value == '/'
                || value == '-';
    }
}
