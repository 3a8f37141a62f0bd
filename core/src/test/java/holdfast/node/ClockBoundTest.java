package holdfast.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.node.ClientRequest.Write;
import holdfast.raft.Message;
import holdfast.stream.Command;
import holdfast.stream.Setup;
import holdfast.stream.Stamp;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A leader whose wall clock is wrong moves the machine's by little, whatever it says.
class ClockBoundTest {

    private static final long TODAY = 1_800_000_000_000L;
    private static final long YEARS = 100_000_000_000L;
    private static final long MINUTE = ClockBound.AHEAD_MILLIS_MAX;
    private static final long SECOND_MICROS = 1_000_000;

    @Nested
    @DisplayName("what a leader stamps")
    class Stamps {

        private final ClockBound bound = new ClockBound();

        @Test
        @DisplayName("is its wall clock as long as nobody has told the machine the time")
        void firstTime() {
            assertEquals(TODAY, bound.stamp(TODAY, 1, true, 0));
            assertEquals(0, bound.stamp(TODAY, 2, false, 0), "no time: it does not know yet what was said before");
        }

        @Test
        @DisplayName("is what has passed and a minute more, in one term once")
        void ahead() {
            bound.moved(TODAY, 0);
            assertEquals(TODAY + 5_000, bound.stamp(TODAY + 5_000, 1, true, 7 * SECOND_MICROS));
            assertEquals(TODAY + 7_000 + MINUTE, bound.stamp(TODAY + YEARS, 1, true, 7 * SECOND_MICROS));
            bound.moved(TODAY + 7_000 + MINUTE, 7 * SECOND_MICROS);
            assertEquals(TODAY + 8_000 + MINUTE, bound.stamp(TODAY + YEARS, 1, true, 8 * SECOND_MICROS));
            assertEquals(TODAY + 8_000 + 2 * MINUTE, bound.stamp(TODAY + YEARS, 2, true, 8 * SECOND_MICROS));
        }

        @Test
        @DisplayName("is no more than what has passed until everything of the terms before is applied")
        void notCurrent() {
            bound.moved(TODAY, 0);
            assertEquals(TODAY + 1_000, bound.stamp(TODAY + YEARS, 2, false, SECOND_MICROS));
            bound.moved(TODAY + 500_000, SECOND_MICROS);
            assertEquals(TODAY + 500_000 + MINUTE, bound.stamp(TODAY + YEARS, 2, true, SECOND_MICROS));
        }

        @Test
        @DisplayName("is its wall clock if that is behind, and days without a command count as passed")
        void behind() {
            bound.moved(TODAY, 0);
            assertEquals(TODAY - YEARS, bound.stamp(TODAY - YEARS, 1, true, SECOND_MICROS));
            assertEquals(TODAY + 86_400_000, bound.stamp(TODAY + 86_400_000, 1, true, 86_400 * SECOND_MICROS));
        }
    }

    private final NodeBench one = NodeBench.started(1);
    private long request;

    private List<String> asks(Command command, long wallMillis) {
        one.effects();
        one.asked(++request, new Write(command).stampedAt(wallMillis));
        long index = one.last().index();
        one.receives(2, new Message.AppendAccepted(one.replica().raft().term(), index, index, 1)).works();
        return one.said().stream().filter(words -> words.startsWith("answer")).toList();
    }

    private static Command create(String name, long ttlSeconds) {
        return new Command.Create(
                name, new Setup("", ttlSeconds, Setup.NEVER, Setup.Fork.NONE), List.of(), false, Stamp.NONE);
    }

    @Test
    @DisplayName("streams with a time to live outlast a leader from the future")
    void streamsLiveOn() {
        one.leads(1);
        one.receives(2, new Message.AppendAccepted(1, one.last().index(), one.last().index(), 1)).works();
        asks(create("long", 3_600), TODAY);
        asks(create("short", 10), TODAY);
        for (int i = 0; i < 3; i++) {
            asks(new Command.Touch("long", false, Stamp.NONE), TODAY + YEARS);
        }
        assertEquals(TODAY + MINUTE, one.replica().machine().clockMillis());
        assertEquals(TODAY + 3_600_000, one.replica().machine().view("long").dueMillis());
        assertEquals(null, one.replica().machine().view("short"));
    }
}
