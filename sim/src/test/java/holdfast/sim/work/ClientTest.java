package holdfast.sim.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Digest;
import holdfast.node.ClientReply;
import holdfast.node.ClientReply.Cause;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.Workload;
import holdfast.sim.world.Onlooker;
import holdfast.stream.Command;
import holdfast.stream.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a client makes of its answers: the next operations show it. The client creates the one stream first, then it
/// appends.
class ClientTest {

    private static final ClientReply.Receipt RECEIPT = new ClientReply.Receipt(1, 2, List.of(1, 2));
    private static final ClientReply REFUSED = new ClientReply.NotWritten(Cause.NOT_LEADER, 0);
    private static final ClientReply UNKNOWN = new ClientReply.Unknown(Cause.LEADERSHIP_LOST, 0);
    private static final ClientReply CREATED = applied(new Outcome.Created(7));

    private final Script script = new Script(true);
    private final Score score = new Score();
    private final List<String> finished = new ArrayList<>();

    private static ClientReply applied(Outcome outcome) {
        return new ClientReply.Applied(outcome, RECEIPT);
    }

    private static ClientReply appended(long next) {
        return applied(new Outcome.Appended(next - 1, next, 2, Digest.ZERO, false, false));
    }

    private void live(Workload workload) {
        Plan quiet = Onlooker.plan(3).withWorkload(workload);
        Gateways gateways = new Gateways(script.desk, workload);
        new Client(1, script.desk, quiet, gateways, score, () -> finished.add("finished")).start();
        script.run();
    }

    private static Workload appending(int operations) {
        return Script.workload(operations, 0, 0, 1_000_000);
    }

    private static Workload conditional(int operations) {
        return Script.workload(operations, 0, 1_000_000, 0);
    }

    /// The producers of the appends, without their names: "epoch/seq".
    private List<String> numbers() {
        return appends().stream().map(append -> append.producer().epoch() + "/" + append.producer().seq()).toList();
    }

    private List<Long> expectedTails() {
        return appends().stream().map(Call.Append::expectedTail).toList();
    }

    private List<Call.Append> appends() {
        return script.attempts.stream()
                .filter(attempt -> attempt.call instanceof Call.Append)
                .map(attempt -> (Call.Append) attempt.call)
                .toList();
    }

    private void scored(long asked, long acknowledged, long unknown) {
        assertEquals(List.of(asked, acknowledged, unknown),
                List.of(score.appends(), score.acknowledgedAppends(), score.unknownAppends()));
    }

    // ---- the life of a client ------------------------------------------------------------------------------

    @Test
    @DisplayName("does as many operations as it has, one after the other, and says that it has finished")
    void life() {
        script.answering(CREATED, appended(1), appended(2), appended(3));
        live(appending(4));
        assertEquals(List.of(new Call.Create("s1")), script.attempts.stream().limit(1).map(a -> a.call).toList());
        assertEquals(4, script.attempts.size());
        for (int i = 1; i < 4; i++) {
            assertTrue(script.attempts.get(i).at > script.attempts.get(i - 1).answeredAt);
        }
        assertEquals(List.of("finished"), finished);
        scored(3, 3, 0);
    }

    @Test
    @DisplayName("no two records are equal")
    void uniqueRecords() {
        script.answering(CREATED, appended(1), appended(2), appended(3), appended(4));
        live(appending(5));
        assertEquals(4, appends().stream().flatMap(append -> append.records().stream()).distinct().count());
    }

    // ---- numbered writes -----------------------------------------------------------------------------------

    @Test
    @DisplayName("a numbered write is one operation, from its first attempt to its last answer")
    void numberedWrite() {
        script.world.queue().after(700_000, () -> script.desk.answered(2, CREATED));
        live(Script.numbering(1));
        assertEquals(List.of(new Answer.Created(7)), script.answers());
        assertTrue(script.attempts.getFirst().answeredAt >= 700_000);
    }

    @Test
    @DisplayName("a refusal of its last attempt does not make a numbered write certain that had no answer before")
    void numberedAndRefused() {
        for (long attempt = 2; attempt <= 5; attempt++) {
            long request = attempt;
            script.world.queue().after(700_000 + 100_000 * attempt, () -> script.desk.answered(request, REFUSED));
        }
        live(Script.numbering(1));
        assertEquals(List.of(new Answer.Unknown()), script.answers());
    }

    // ---- numbers -------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a number is used up when its append is acknowledged, and used again when it was refused")
    void sequence() {
        script.answering(CREATED, appended(1), REFUSED, appended(2), applied(new Outcome.DuplicateForgotten(1, 2)), appended(3));
        live(appending(5));
        assertEquals(List.of("0/0", "0/1", "0/1", "0/2", "0/3"), numbers());
        scored(4, 4, 0);
    }

    @Test
    @DisplayName("whether the number of an uncertain append was used up will never be known: a new epoch begins")
    void uncertain() {
        script.answering(CREATED, appended(1), UNKNOWN, REFUSED, REFUSED, REFUSED, REFUSED, appended(2));
        live(appending(4));
        assertEquals(List.of("0/0", "0/1", "0/1", "0/1", "0/1", "0/1", "1/0"), numbers());
        scored(3, 2, 1);
    }

    @Test
    @DisplayName("a refusal by the stream does not make an uncertain append certain")
    void uncertainAndRefused() {
        script.answering(CREATED, UNKNOWN, applied(new Outcome.WrongTail(5)), appended(6));
        live(appending(3));
        assertEquals(List.of("0/0", "0/0", "1/0"), numbers());
        scored(2, 1, 1);
    }

    @Test
    @DisplayName("a repeated attempt that is acknowledged settles what was uncertain before")
    void settled() {
        script.answering(CREATED, UNKNOWN, appended(1), appended(2));
        live(appending(3));
        assertEquals(List.of("0/0", "0/0", "0/1"), numbers());
        scored(2, 2, 0);
    }

    @Test
    @DisplayName("who is fenced goes on in the epoch after the one that fenced it")
    void fenced() {
        script.answering(CREATED, applied(new Outcome.Fenced(4)), appended(1));
        live(appending(3));
        assertEquals(List.of("0/0", "5/0"), numbers());
        scored(2, 1, 0);
    }

    @Test
    @DisplayName("who is forgotten goes on above the epoch that it is told")
    void forgotten() {
        script.answering(CREATED, UNKNOWN, applied(new Outcome.ProducerForgotten(4)), appended(1));
        live(appending(3));
        assertEquals(List.of("0/0", "0/0", "6/0"), numbers(), "after an attempt without an answer an epoch more");
        scored(2, 1, 1);
    }

    @Test
    @DisplayName("who is crowded out turns to something else at once, and keeps its number")
    void crowdedOut() {
        script.answering(CREATED, applied(new Outcome.TooManyProducers(500)), appended(1));
        live(appending(3));
        assertEquals(List.of("0/0", "0/0"), numbers());
        scored(2, 1, 0);
    }

    @Test
    @DisplayName("who finds that it has lost count begins a new epoch")
    void gap() {
        script.answering(
                CREATED, applied(new Outcome.SequenceGap(3, 0, false)), applied(new Outcome.SequenceGap(0, 1, true)),
                appended(1));
        live(appending(4));
        assertEquals(List.of("0/0", "1/0", "1/0"), numbers(), "the second gap was not about its own number");
    }

    // ---- what it knows of a stream -------------------------------------------------------------------------

    @Test
    @DisplayName("a conditional append expects the tail that the last answer told")
    void tails() {
        script.answering(CREATED, appended(3), applied(new Outcome.WrongTail(9)), appended(10), appended(11));
        live(conditional(5));
        assertEquals(List.of(0L, 3L, 9L, 10L), expectedTails());
        assertTrue(appends().stream().allMatch(append -> append.producer().equals(Command.Producer.NONE)));
    }

    @Test
    @DisplayName("a stream that is gone is created again, one that is closed has a successor")
    void successors() {
        script.answering(
                CREATED, applied(new Outcome.NoSuchStream()), CREATED, applied(new Outcome.StreamClosed(4)), CREATED,
                appended(1));
        live(conditional(6));
        assertEquals(
                List.of("s1", "s1", "s1", "s1", "s1.1", "s1.1"),
                script.attempts.stream().map(attempt -> attempt.call.stream()).toList());
        assertEquals(List.of(0L, 0L, 0L), expectedTails());
    }

    @Test
    @DisplayName("creating what another client has created teaches where it ends")
    void alreadyThere() {
        script.answering(applied(new Outcome.AlreadyExists(7, 12, false)), appended(13));
        live(conditional(2));
        assertEquals(List.of(12L), expectedTails());
    }
}
