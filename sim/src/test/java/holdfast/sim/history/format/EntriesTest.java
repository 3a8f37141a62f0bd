package holdfast.sim.history.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.sim.check.stream.trial.Trial;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.history.Event;
import holdfast.sim.history.History;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reading and writing the formats of others and our own.
class EntriesTest {

    private static List<Entry> all(Entries entries) {
        List<Entry> all = new ArrayList<>();
        for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
            all.add(entry);
        }
        return all;
    }

    private static List<Entry> whole(String text) {
        Entries entries = Format.of(text).read(text);
        List<Entry> all = all(entries);
        assertNull(entries.damage());
        return all;
    }

    /// Line, process, type, f and value.
    private static String told(Entry entry) {
        return entry.line() + " " + entry.process() + " " + entry.type().written() + " " + entry.f() + " "
                + DatumText.edn(entry.value());
    }

    private static List<String> told(String text) {
        return whole(text).stream().map(EntriesTest::told).toList();
    }

    @Test
    @DisplayName("Jepsen's EDN: a vector of maps, with comments, tags, commas and a nemesis")
    void ednVector() {
        assertEquals(
                List.of("2 0 invoke cas [1 2]", "3 nemesis info start {:from \"n1\", :to #{:n2}}", "4 0 fail cas [1 2]"),
                told("""
                        ; a comment
                        [{:process 0, :type :invoke, :f :cas, :value [1 2]} #_{:ignored true}
                         #jepsen.history.Op{:process :nemesis :type :info :f :start :value {:from "n1" :to #{:n2}}}
                         {:process 0, :type :fail, :f :cas, :value (1 2), :error [:x nil], :time 12345678901N}]
                        """));
    }

    @Test
    @DisplayName("Jepsen's EDN: maps one after the other, and tuples")
    void ednLines() {
        assertEquals(List.of("1 3 invoke read nil", "2 3 ok read 7"), told("""
                {:process 3 :type :invoke :f :read :value nil}
                {:process 3 :type :ok :f :read :value 7}
                """));
        assertEquals(List.of("1 3 invoke read nil", "2 3 ok read -1.5"), told("[3 :invoke :read]\n[3 :ok :read -1.5]\n"));
    }

    @Test
    @DisplayName("the lines that jepsen.util logs, between others")
    void log() {
        List<Entry> entries = whole("""
                INFO  jepsen.core - setting up
                INFO  jepsen.util - 4\t:invoke\t:cas\t[2 4]
                INFO  jepsen.util - 5\t:invoke\t:read\tnil
                INFO  jepsen.util - 4\t:fail\t:cas\t[2 4]
                INFO  jepsen.util - 5\t:ok\t:read\tnil
                INFO  jepsen.util - :nemesis\t:info\t:start\t"Cut off {n1}"
                """);
        assertEquals("4 4 fail cas [2 4]", told(entries.get(2)));
        assertEquals(Datum.YES, entries.get(2).fields().get("observed"));
        assertEquals(Datum.YES, entries.get(3).fields().get("observed"));
        assertEquals("nemesis", entries.get(4).process());
    }

    @Test
    @DisplayName("the key-value lines of Porcupine's data")
    void keyValue() {
        List<Entry> entries = whole("""
                {:process 0, :type :invoke, :f :append, :key "9", :value "x \\"0\\" y"}
                {:process 0, :type :ok, :f :append, :key "9", :value "x \\"0\\" y"}
                """);
        assertEquals(new Datum.Text("9"), entries.getFirst().fields().get("key"));
        assertEquals(new Datum.Text("x \"0\" y"), entries.getLast().value());
    }

    @Test
    @DisplayName("lines of calls and returns: indented, with and without parentheses, and what a removal took in its call")
    void calls() {
        String text = """
                # a remark
                # @object atomic-stack

                [1] call push(?<0,1>)
                    [2] call Pop
                [1] return
                    [2] return ?<0,1>
                [1] call pop 7
                [1] return
                [3] call pop()
                [3] return empty
                """;
        assertEquals(
                List.of("4 1 invoke push \"?<0,1>\"", "5 2 invoke pop nil", "6 1 ok push \"?<0,1>\"", "7 2 ok pop \"?<0,1>\"",
                        "8 1 invoke pop 7", "9 1 ok pop 7", "10 3 invoke pop nil", "11 3 ok pop :empty"),
                told(text));
        assertEquals(Format.VIOLIN, Format.of(text));
        assertEquals(new Datum.Text("stack"), Format.of(text).read(text).header().get("model"));
        assertEquals(Format.EDN, Format.of("[4 :invoke :read nil]\n"));
    }

    @Test
    @DisplayName("a thread that calls while its call is open will never have that one answered")
    void lostReturn() {
        assertEquals(
                List.of("1 7 invoke pop nil", "2 7 info pop nil", "2 7 invoke pop nil", "3 7 ok pop true"),
                told("[7] call pop\n[7] call pop\n[7] return true\n"));
    }

    @Test
    @DisplayName("EDN in which nobody says who acts, nor that a row of steps is a transaction")
    void lonely() {
        assertEquals(
                List.of("1 0 invoke txn [[:append 1 2]]", "2 0 ok txn [[:append 1 2]]"),
                told("{:type :invoke :value [[:append 1 2]]}\n{:type :ok :value [[:append 1 2]]}\n"));
    }

    @Test
    @DisplayName("the events of S2's collector")
    void s2() {
        assertEquals(
                List.of("1 7 invoke append {:num_records 1, :record_hashes [18446744073709551615]}",
                        "2 7 ok append {:tail 1}", "3 7 invoke read nil", "4 7 fail read nil", "5 8 invoke check-tail nil",
                        "6 8 ok check-tail {:tail 1}", "7 9 invoke append {:num_records 0}", "8 9 info append nil"),
                told("""
                        {"client_id":7,"op_id":0,"event":
                        """.strip() + """
                        {"Start":{"Append":{"num_records":1,"record_hashes":[18446744073709551615]}}}}
                        {"client_id":7,"event":{"Finish":{"AppendSuccess":{"tail":1}}},"op_id":0}
                        {"client_id":7,"event":{"Start":"Read"},"op_id":1}
                        {"client_id":7,"event":{"Finish":"ReadFailure"},"op_id":1}
                        {"client_id":8,"event":{"Start":"CheckTail"},"op_id":2}
                        {"client_id":8,"event":{"Finish":{"CheckTailSuccess":{"tail":1}}},"op_id":2}
                        {"client_id":9,"event":{"Start":{"Append":{"num_records":0}}},"op_id":3}
                        {"client_id":9,"event":{"Finish":"AppendIndefiniteFailure"},"op_id":3}
                        """));
    }

    @Test
    @DisplayName("JSON Lines: escapes, a header, and other fields than Jepsen's")
    void jsonLines() {
        String text = """
                {"holdfast-history":2,"seed":17}
                {"index":0,"time":5,"process":1,"type":"invoke","f":"write","value":"\\u00e4\\n\\"","key":null}
                """;
        Entries entries = Format.JSONL.read(text);
        assertEquals(new Datum.Number(17), entries.header().get("seed"));
        Entry entry = entries.next();
        assertEquals(new Datum.Text("\u00e4\n\""), entry.value());
        assertEquals(new Datum.Number(5), entry.fields().get("time"));
        assertNull(entries.next());
    }

    @ParameterizedTest(name = "{2}: {1}")
    @DisplayName("a damaged file is told with its line and what is wrong there")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1 | {"process":1,"type":"invoke","f":"read"                                            | jsonl | comma or brace
            2 | {"process":1,"type":"invoke","f":"read"}~{"process":1,"type":"ok","f":"re          | jsonl | ends inside a text
            1 | {"process":1,"type":"invoked","f":"read"}                                          | jsonl | no 'type'
            1 | {"type":"invoke","f":"read"}                                                       | jsonl | no 'process'
            1 | {"process":1,"type":"invoke","f":"read"} true                                      | jsonl | more stands after
            1 | {"process":1,"type":"invoke","f":"\\q"}                                            | jsonl | an escape
            1 | {"holdfast-history":99}                                                            | jsonl | only 2 is known
            2 | {"process":1,"type":"invoke","f":"read"}~[1,2]                                     | jsonl | no JSON object
            2 | [{:process 1 :type :invoke :f :read :value nil}~ {:process 1 :type :ok :f :read    | edn | should stand
            2 | [{:process 1 :type :invoke :f :read :value nil}~ | edn | vector of events should end
            2 | {:process 1 :type :invoke :f :read}~{:process 1 :type}                             | edn | key without a value
            1 | "only a text"                                                                      | edn | neither a map nor
            1 | [{:process 1 :type :invoke :f :read}] x                                            | edn | more stands after
            1 | {"client_id":1,"event":{"Start":"Write"}}                                          | s2 | no Start or Finish
            1 | {"client_id":1,"event":{"Start":"Read","Finish":"ReadFailure"}} | s2 | either a Start or a Finish
            2 | [1] call push(1)~[1] returns | violin | neither '[THREAD] call
            1 | [1] call push(1 | violin | ')' should stand
            1 | [1] call (1) | violin | has no name
            1 | [12345678901234567890] call pop | violin | neither '[THREAD] call
            2 | [1] call pop~[2] return 4 | violin | without having called
            2 | {:type :invoke :f :read}~{:process 1 :type :ok :f :read} | edn | only some events have a 'process'
            2 | {:process 1 :type :invoke :f :read}~{:type :ok :f :read} | edn | an event has no 'process'
            2 | INFO jepsen.util - 1 :invoke :read nil~INFO jepsen.util - 1 :ok :read [1           | jepsen-log | should stand
            """)
    void damaged(int line, String text, String format, String reason) {
        Entries entries = Format.named(format).read(text.replace("~", "\n"));
        all(entries);
        Damage damage = entries.damage();
        assertNotNull(damage);
        assertTrue(damage.reason().contains(reason), damage.reason());
        assertEquals(line, damage.line(), damage.reason());
    }

    @Test
    @DisplayName("values that are nested too deep are refused before the stack ends")
    void nested() {
        for (Format format : List.of(Format.JSONL, Format.EDN)) {
            Entries entries = format.read("{\"process\":1,\"type\":\"invoke\",\"value\":" + "[".repeat(100_000));
            assertNull(entries.next());
            assertTrue(entries.damage().reason().contains("nested more than 200 deep"), entries.damage().reason());
        }
    }

    @Test
    @DisplayName("every beginning of a file, and every file with one character changed, is read or refused, never worse")
    void torn() {
        String jsonl = Writer.jsonLines(new StreamEntries(Trial.number(77, 8, _ -> null).history()));
        String edn = Writer.edn(new StreamEntries(Trial.number(78, 8, _ -> null).history()));
        for (String text : List.of(jsonl, edn)) {
            for (int end = 0; end < text.length(); end++) {
                all(Format.of(text).read(text.substring(0, end)));
                for (char c : new char[] {'"', '{', ']', '\\', 'x', '\u0000'}) {
                    all(Format.of(text).read(text.substring(0, end) + c + text.substring(end + 1)));
                }
            }
        }
    }

    @Test
    @DisplayName("a history of streams survives JSON Lines and EDN, but for the names of lost clients")
    void streamsRoundTrip() {
        for (long number = 1; number <= 2_000; number++) {
            Trial trial = Trial.number(number, 14, _ -> null);
            if (trial.damages() > 0) {
                continue; // an answer that does not fit its call has no words
            }
            History history = trial.history();
            String jsonl = Writer.jsonLines(new StreamEntries(history));
            assertEquals(untimed(history), untimed(read(Format.JSONL.read(jsonl))), jsonl);
            String edn = Writer.edn(new StreamEntries(history));
            assertEquals(untimed(history), untimed(read(Format.EDN.read(edn))), edn);
            assertEquals(jsonl, Writer.jsonLines(Format.EDN.read(edn)), "by way of EDN");
        }
    }

    /// Calls and answers in order. What an unknown read learned nothing by is the same as what failed.
    private static List<String> untimed(History history) {
        List<String> told = new ArrayList<>();
        Map<Integer, Call> calls = new LinkedHashMap<>();
        for (Event event : history.events()) {
            switch (event) {
                case Event.Invoked invoked -> {
                    calls.put(invoked.op(), invoked.call());
                    told.add(invoked.toString().replaceFirst("client=[0-9]+", "client"));
                }
                case Event.Answered(int op, Answer answer) -> {
                    boolean read = calls.get(op) instanceof Call.Read || calls.get(op) instanceof Call.Tail;
                    boolean nothing = answer instanceof Answer.NotWritten
                            || answer instanceof Answer.Unknown
                            || answer instanceof Answer.Nothing;
                    boolean failed = answer instanceof Answer.NotWritten || answer instanceof Answer.Nothing;
                    told.add(op + " " + (!nothing ? answer.toString() : read || failed ? "nothing" : "unknown"));
                }
            }
        }
        return told;
    }

    private static History read(Entries entries) {
        History history = new History();
        StreamReader reader = new StreamReader();
        Map<String, Integer> open = new LinkedHashMap<>();
        Map<Integer, Call> calls = new LinkedHashMap<>();
        for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
            if (entry.type() == Entry.Type.INVOKE) {
                Call call = reader.call(entry);
                int op = history.invoked(Integer.parseInt(entry.process()), call);
                calls.put(op, call);
                assertNull(open.put(entry.process(), op), "one operation a process");
            } else {
                int op = open.remove(entry.process());
                history.answered(op, reader.answer(calls.get(op), entry));
            }
            assertEquals("", reader.complaint());
        }
        assertNull(entries.damage());
        return history;
    }

    @Test
    @DisplayName("records that are no text are written in hexadecimal digits")
    void binaryRecords() {
        History history = new History();
        var record = Bytes.wrap(new byte[] {(byte) 0xC3, 0x28, 0});
        var none = Command.Producer.NONE;
        history.invoked(0, new Call.Append("s", List.of(record), Command.ANY_TAIL, none, false));
        String jsonl = Writer.jsonLines(new StreamEntries(history));
        assertTrue(jsonl.contains("{\"hex\":\"c32800\"}"), jsonl);
        assertEquals(history.events(), read(Format.JSONL.read(jsonl)).events());
    }
}
