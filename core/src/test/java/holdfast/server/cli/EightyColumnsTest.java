package holdfast.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.server.bench.LatencyHistogram;
import holdfast.server.bench.LoadPlan;
import holdfast.server.bench.LoadResult;
import holdfast.server.bench.ServerCounters;
import holdfast.server.config.Columns;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is shown in a terminal fits one of 80 columns.
class EightyColumnsTest {

    private static final int COLUMNS = 80;

    private static String line(int nodes) {
        List<String> each = new ArrayList<>();
        for (int id = 1; id <= nodes; id++) {
            each.add("node " + id + (id == 1 ? " leader" : " follower") + " t12 #1790472");
        }
        return StatusLine.of(each);
    }

    @Test
    @DisplayName("the line about a cluster, with as much as there is room for")
    void status() {
        assertEquals("node 1 leader t12 #1790472", line(1));
        assertEquals("1 leader t12 #1790472 | 2 follower t12 #1790472 | 3 follower t12 #1790472", line(3));
        assertEquals("1 leader t12, 2 follower t12, 3 follower t12, 4 follower t12, 5 follower t12", line(5));
        assertEquals("1 L t12, 2 f t12, 3 f t12, 4 f t12, 5 f t12, 6 f t12, 7 f t12", line(7));
        for (int nodes = 1; nodes <= 7; nodes++) {
            assertTrue(line(nodes).length() < COLUMNS, line(nodes));
        }
        assertTrue(StatusLine.of(List.of("node 1 down (" + "x".repeat(100) + ")")).endsWith("xxx..."));
    }

    @Test
    @DisplayName("the help of every command; an option's words stay in their column, and a command can be copied")
    void help() throws InterruptedException {
        for (String command : Manual.commands()) {
            for (String line : Spoken.of("help", command).out().lines().toList()) {
                assertTrue(line.length() <= COLUMNS, line.length() + ": " + line);
            }
        }
        assertEquals(List.of("  --folder DIR   " + "data ".repeat(11) + "data", "                 data data data"),
                Columns.of("  --folder DIR   " + "data ".repeat(14) + "data"));
        assertEquals(List.of("  ./holdfast read " + "word ".repeat(11) + "word \\", "          word word"),
                Columns.of("  ./holdfast read " + "word ".repeat(13) + "word"));
        assertEquals(List.of("one " + "two ".repeat(18) + "two", "two three", "", "four"),
                Columns.of("one " + "two ".repeat(20) + "\nthree\n\nfour"));
    }

    @Test
    @DisplayName("the table of a bench, with large numbers")
    void bench() {
        LatencyHistogram latency = new LatencyHistogram();
        for (int i = 0; i < 100_000; i++) {
            latency.record(9_999_000_000L);
        }
        LoadResult result = new LoadResult(
                new LoadPlan(List.of(), List.of(), "s", 10_000, 1_000_000, 256, 1_000, 1_000), latency, 99_999, "x", 0.1,
                new ServerCounters(true, 999_000, 99), 9);
        assertTrue(LoadResult.HEADER.length() < COLUMNS);
        assertEquals(LoadResult.HEADER.length(), result.row().length(), result.row());
    }
}
