package holdfast.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryCommandTest {

    private static final String GOOD = """
            {"process":1,"type":"invoke","f":"acquire"}
            {"process":1,"type":"ok","f":"acquire"}
            """;
    private static final String BAD = GOOD + """
            {"process":2,"type":"invoke","f":"acquire"}
            {"process":2,"type":"ok","f":"acquire"}
            """;

    @TempDir
    private Path folder;
    private String good;
    private String bad;
    private String open;
    private String torn;

    @BeforeEach
    void files() throws IOException {
        good = file("good.jsonl", GOOD);
        bad = file("bad.jsonl", BAD);
        open = file("open.jsonl", lostAppends());
        torn = file("torn.jsonl", GOOD + "{\"process\":2,\"type\":\"invo");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    /// Many lost appends of several sizes, and a tail that some of them must add up to.
    private static String lostAppends() {
        StringBuilder lines = new StringBuilder("{\"holdfast-history\":2,\"streams\":[\"s\"]}\n");
        for (int op = 0; op < 30; op++) {
            String records = "\"a" + op + "\",\"b" + op + "\"" + ",\"c%1$d\",\"d%1$d\"".formatted(op).repeat(op % 2);
            lines.append("{\"process\":%d,\"type\":\"invoke\",\"f\":\"append\",".formatted(op));
            lines.append("\"value\":{\"stream\":\"s\",\"records\":[%s],\"producer\":[\"p%d\",0,0]}}\n".formatted(records, op));
        }
        return lines + "{\"process\":99,\"type\":\"invoke\",\"f\":\"tail\",\"value\":{\"stream\":\"s\"}}\n"
                + "{\"process\":99,\"type\":\"ok\",\"f\":\"tail\",\"value\":{\"tail\":41}}\n";
    }

    @Test
    @DisplayName("one line a file; exit 0 when all hold, 1 when one does not, 3 when one is undecided, 2 when one is torn")
    void check() {
        Spoken holds = Spoken.by("history", "check", good, good);
        assertEquals(Main.HOLDS, holds.exit());
        assertEquals(2, holds.out().size());
        assertTrue(holds.out().getFirst().matches(".*good.jsonl: linearizable, 1 operations, [0-9]+ ms"), holds.last());

        Spoken refuted = Spoken.by("history", "check", good, bad, torn, "--budget", "500", open);
        assertEquals(Main.FAILED, refuted.exit());
        assertTrue(refuted.out().get(1).contains("bad.jsonl: not linearizable, 2 operations"), refuted.out().get(1));
        assertTrue(refuted.out().get(1).contains("line 3, acquire"), refuted.out().get(1));
        assertTrue(refuted.err().getFirst().contains("torn.jsonl, line 3: the line ends inside a text"),
                refuted.err().toString());

        assertEquals(HistoryCheck.UNDECIDED, Spoken.by("history", "check", "--budget", "500", open, good).exit());
        assertEquals(Main.BAD_INPUT, Spoken.by("history", "check", torn, good).exit());
    }

    @Test
    @DisplayName("--json gives one object a file")
    void json() {
        Spoken spoken = Spoken.by("history", "check", "--json", bad);
        assertTrue(spoken.last().matches("\\{\"file\":\".*bad.jsonl\",\"model\":\"mutex\",\"verdict\":\"not linearizable\","
                + "\"operations\":2,\"ms\":[0-9]+,\"first\":0,\"second\":1,\"reason\":\".*\"}"), spoken.last());
    }

    @Test
    @DisplayName("--html draws the history")
    void html() throws IOException {
        Path page = folder.resolve("page.html");
        assertEquals(Main.FAILED, Spoken.by("history", "check", "--html=" + page, bad).exit());
        String html = Files.readString(page);
        assertTrue(html.contains("<h1>bad.jsonl <span class=\"bad\">not linearizable</span></h1>"));
        assertTrue(html.contains("\"first\":0,\"second\":1"));
        assertFalse(html.contains(folder.toString()));
    }

    @Test
    @DisplayName("a history converts to EDN and to JSON Lines and keeps its verdict")
    void convert() throws IOException {
        Spoken edn = Spoken.by("history", "convert", bad, "--to", "edn");
        assertEquals(Main.HOLDS, edn.exit());
        assertEquals("[{:index 0, :process 1, :type :invoke, :f :acquire, :value nil}", edn.out().get(1));
        String copy = file("copy.edn", String.join("\n", edn.out()));
        Spoken jsonl = Spoken.by("history", "convert", "--to", "jsonl", copy);
        assertEquals("{\"index\":0,\"process\":1,\"type\":\"invoke\",\"f\":\"acquire\",\"value\":null}", jsonl.out().get(1));
        assertEquals(Main.FAILED, Spoken.by("history", "check", copy).exit());
        assertEquals(Main.FAILED, Spoken.by("history", "check", file("copy.jsonl", String.join("\n", jsonl.out()))).exit());
        assertEquals(Main.BAD_INPUT, Spoken.by("history", "convert", torn, "--to", "edn").exit());
    }

    @Test
    @DisplayName("the self-test sets the judges against each other and counts")
    void selfTest() {
        Spoken spoken = Spoken.by("history", "selftest", "--histories", "3000", "--first", "7", "--jobs", "2");
        assertEquals(Main.HOLDS, spoken.exit());
        assertTrue(spoken.last().matches("3000 histories: [0-9]+ linearizable, [0-9]+ not, 0 disagreements"), spoken.last());
    }

    @Test
    @DisplayName("a queue that was only guessed may be one without order, and its refutation says so")
    void guessed() throws IOException {
        String events = """
                {"process":1,"type":"invoke","f":"enqueue","value":1}
                {"process":1,"type":"ok","f":"enqueue","value":1}
                {"process":1,"type":"invoke","f":"enqueue","value":2}
                {"process":1,"type":"ok","f":"enqueue","value":2}
                {"process":1,"type":"invoke","f":"dequeue"}
                {"process":1,"type":"ok","f":"dequeue","value":2}
                """;
        String queue = file("queue.jsonl", events);
        String doubt = "(guessed to be a queue; name it with --model, as for instance unordered-queue)";
        assertTrue(Spoken.by("history", "check", queue).last().endsWith(doubt));
        assertFalse(Spoken.by("history", "check", "--model", "queue", queue).last().contains("guessed"));
        assertEquals(Main.HOLDS, Spoken.by("history", "check", "--model", "unordered-queue", queue).exit());
        String named = file("named.jsonl", "{\"holdfast-history\":2,\"model\":\"unordered-queue\"}\n" + events);
        assertEquals(Main.HOLDS, Spoken.by("history", "check", named).exit());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("bad input gets one line that says what is wrong, and exit 2")
    @CsvSource(delimiter = '|', textBlock = """
            history                                  | needs check, convert or selftest
            history judge                            | needs check, convert or selftest
            history check                            | history check needs FILE...
            history check /nowhere/at.edn            | no such file
            history check --model oracle x           | is no model that is known
            history check --format yaml x            | is no format that is known
            history check --budget many x            | expected a whole number
            history check --budget                   | history check needs FILE...
            history check --html a b c               | --html draws one history
            history check --colour x                 | no option '--colour'
            history convert x                        | needs --to jsonl or --to edn
            history convert x y --to edn             | it converts one file
            history selftest x                       | no use for 'x'
            """)
    void refusals(String line, String sentence) {
        Spoken spoken = Spoken.by(line.split(" +"));
        assertEquals(Main.BAD_INPUT, spoken.exit());
        assertEquals(1, spoken.err().size(), spoken.err().toString());
        assertTrue(spoken.err().getFirst().contains(sentence), spoken.err().getFirst());
        assertEquals(0, spoken.out().size());
    }

    @Test
    @DisplayName("a file that is not text, that is empty or that is about nothing known is refused")
    void unreadable() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});
        assertTrue(Spoken.by("history", "check", binary.toString()).err().getFirst().contains("not text in UTF-8"));
        assertTrue(Spoken.by("history", "check", file("empty", "")).err().getFirst().contains("there is no event in it"));
        String dance = file("dance.edn", "{:process 1 :type :invoke :f :dance}");
        assertTrue(Spoken.by("history", "check", dance).err().getFirst().contains("name it with --model"));
        String deque = file("deque.hist", "# @object atomic-deque\n[1] call pop_front\n");
        assertTrue(Spoken.by("history", "check", deque).err().getFirst().contains("it is about 'deque', which is no model"));
        Spoken named = Spoken.by("history", "check", "--model", "mutex", dance);
        assertTrue(named.err().getFirst().contains("line 1: 'dance' is no operation of a mutex"), named.err().toString());
    }

    @ParameterizedTest
    @CsvSource({"check", "convert", "selftest"})
    @DisplayName("the help names every option and shows an example")
    void help(String name) {
        Command command = Commands.named("history " + name);
        for (Spoken spoken : new Spoken[] {
            Spoken.by("help", "history", name), Spoken.by("history", name, "--help")}) {
            String text = String.join("\n", spoken.out());
            for (Option option : command.options()) {
                assertTrue(text.contains("\n  " + option.name() + " "), option.name() + " in\n" + text);
            }
            assertTrue(text.contains("  ./holdfast history " + name), text);
        }
    }

    @Test
    @DisplayName("the help of history tells what there is to do with one")
    void helpOfAll() {
        for (Spoken spoken : new Spoken[] {Spoken.by("help", "history"), Spoken.by("history", "--help")}) {
            assertEquals(Main.HOLDS, spoken.exit());
            String text = String.join("\n", spoken.out());
            for (Command command : HistoryCommands.ALL) {
                assertTrue(text.contains("./holdfast " + command.name()), text);
                assertTrue(text.contains(command.examples().getFirst().meaning()), text);
            }
        }
    }
}
