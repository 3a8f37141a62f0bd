package holdfast.sim.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.sim.check.stream.trial.Trial;
import holdfast.stream.Command;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryTextTest {

    @Test
    @DisplayName("what is written reads back as the same events, and writes to the same text")
    void roundTrip() {
        for (long number = 1; number <= 3_000; number++) {
            History history = Trial.number(number, 14, _ -> null).history();
            String text = HistoryText.write(history);
            var whole = assertInstanceOf(HistoryText.Parsed.Whole.class, HistoryText.parse(text), text);
            assertEquals(history.events(), whole.history().events());
            assertEquals(text, HistoryText.write(whole.history()));
        }
    }

    @Test
    @DisplayName("names and records of any bytes survive")
    void anyBytes() {
        History history = new History();
        List<Bytes> records = List.of(Bytes.EMPTY, Bytes.utf8("a b%\n\u20ac"), Bytes.wrap(new byte[] {0, (byte) 0xFF}));
        Command.Producer producer = new Command.Producer("p q", 3, 4);
        int append = history.invoked(7, new Call.Append("a stream/\u00e4", records, 5, producer, true));
        history.answered(append, new Answer.Appended(5, 8, true, true));
        int read = history.invoked(8, new Call.Read("a stream/\u00e4", 5, 3, Level.LOCAL, 9));
        history.answered(read, new Answer.Records(5, records, 8, true));
        String text = HistoryText.write(history);
        var whole = assertInstanceOf(HistoryText.Parsed.Whole.class, HistoryText.parse(text), text);
        assertEquals(history.events(), whole.history().events());
    }

    @ParameterizedTest
    @DisplayName("a damaged text is refused with its line")
    @CsvSource(delimiter = '|', textBlock = """
            1 | nonsense                                                                | does not begin with
            2 | holdfast-history 1;invoke 1 client 1 close s;                           | should be number 0
            2 | holdfast-history 1;invoke 0 client 1 dance s;                           | is not a call
            3 | holdfast-history 1;invoke 0 client 1 close s;answer 1 closed tail 0;    | is not open
            3 | holdfast-history 1;invoke 0 client 1 close s;answer 0 closed tail x;    | is not a number
            3 | holdfast-history 1;invoke 0 client 1 close s;answer 0 closed tail 007;  | is not how this number is written
            2 | holdfast-history 1;invoke 0 client 1 close s more;                      | after the end of the event
            2 | holdfast-history 1;invoke 0 client 1 append s records a%2;              | is not how bytes are written
            2 | holdfast-history 1;invoke 0 client 1 append s records xxx[..];          | the line was cut
            2 | holdfast-history 1;invoke 0 client 1 close s                            | the last line is not ended
            """)
    void damaged(int line, String text, String sentence) {
        var damaged = assertInstanceOf(
                HistoryText.Parsed.Damaged.class, HistoryText.parse(text.replace(';', '\n')));
        assertEquals(line, damaged.line());
        assertTrue(damaged.sentence().contains(sentence), damaged.sentence());
    }
}
