package holdfast.sim.check.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.sim.check.format.RecordedHistories.Recorded;
import holdfast.sim.history.format.Format;
import holdfast.sim.history.format.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every recorded history gets its stated verdict.
class RecordedHistoriesTest {

    private static final long CONFIGURATIONS = 10_000_000;
    private static final long FEW_CONFIGURATIONS = 100_000;

    static List<Recorded> own() {
        return RecordedHistories.table(RecordedHistories.own());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("own")
    @DisplayName("our own: every model and format, good and bad, and undecided")
    void ownVerdicts(Recorded recorded) {
        Judgement judgement = RecordedHistories.judgement(RecordedHistories.text(recorded.file()), FEW_CONFIGURATIONS);
        assertEquals(recorded.verdict(), judgement.ruling().text(), judgement.reason());
        assertEquals(judgement.ruling() == Judgement.Ruling.LINEARIZABLE, judgement.reason().isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("own")
    @DisplayName("a history keeps its verdict in JSON Lines and in EDN")
    void converted(Recorded recorded) {
        String text = RecordedHistories.text(recorded.file());
        for (String converted : List.of(
                Writer.jsonLines(Format.of(text).read(text)), Writer.edn(Format.of(text).read(text)))) {
            Judgement judgement = RecordedHistories.judgement(converted, FEW_CONFIGURATIONS);
            assertEquals(recorded.verdict(), judgement.ruling().text(), judgement.reason());
        }
    }

    @Test
    @DisplayName("the example of the guide is refuted by the operations and the sentence that the guide explains")
    void guide() {
        Judgement judgement = RecordedHistories.judgement(RecordedHistories.text(RecordedHistories.guide()), CONFIGURATIONS);
        assertEquals(Judgement.Ruling.NOT_LINEARIZABLE, judgement.ruling());
        assertEquals(List.of(99, 96, 98), List.of(judgement.operations(), judgement.first(), judgement.second()));
        String sentence = "its tail is below the 255 that had been proved before it began, by operation 96";
        assertTrue(judgement.reason().contains(sentence), judgement.reason());
    }

    static boolean hasShared() {
        return Files.isDirectory(RecordedHistories.shared());
    }

    @Test
    @EnabledIf("hasShared")
    @DisplayName("those of others: all verdicts as stated upstream, none undecided")
    void sharedVerdicts() {
        List<String> wrong = new ArrayList<>();
        int judged = 0;
        for (String folder : List.of("porcupine", "s2-verification")) {
            Path path = RecordedHistories.shared().resolve(folder);
            for (Recorded recorded : RecordedHistories.table(path)) {
                Judgement judgement = RecordedHistories.judgement(RecordedHistories.text(recorded.file()), CONFIGURATIONS);
                judged++;
                if (!judgement.ruling().text().equals(recorded.verdict())) {
                    wrong.add(recorded + " is " + judgement.ruling().text());
                }
            }
        }
        assertTrue(judged > 100, judged + " histories");
        assertEquals(List.of(), wrong);
    }

    @Test
    @DisplayName("a process keeps Jepsen's rules, and is told the line where it does not")
    void rules() {
        Court court = Model.CAS_REGISTER.court(Format.EDN.read("").header(), List.of(), false);
        var entries = Format.EDN.read("""
                {:process 0 :type :invoke :f :write :value 1}
                {:process 0 :type :invoke :f :write :value 2}
                {:process 1 :type :ok :f :read :value 2}
                {:process 0 :type :ok :f :read :value 2}
                {:process 5 :type :info :f :read}
                """);
        assertEquals("", court.take(entries.next()));
        assertTrue(court.take(entries.next()).contains("while its operation of line 1 is open"));
        assertTrue(court.take(entries.next()).contains("without having invoked it"));
        assertTrue(court.take(entries.next()).contains("but invoked 'write'"));
        assertEquals("", court.take(entries.next()));
    }

    @Test
    @DisplayName("models and formats are recognised, and what cannot be is not guessed at")
    void recognition() {
        for (Recorded recorded : own()) {
            String name = recorded.toString();
            assertFalse(name.endsWith(".edn") && Format.of(RecordedHistories.text(recorded.file())) != Format.EDN, name);
        }
        var dance = Format.EDN.read("{:process 0 :type :invoke :f :dance}");
        assertNull(Model.of(dance.header(), List.of(dance.next())));
        assertNull(Format.named("yaml"));
        assertEquals(Model.MUTEX, Model.named("mutex"));
    }
}
