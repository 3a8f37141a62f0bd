package holdfast.sim.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.node.ClientReply;
import holdfast.node.ClientReply.Cause;
import holdfast.node.ClientRequest.Level;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.plan.Workload;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// When a client may ask again, and when it must not.
class CallerTest {

    private static final Workload WORKLOAD = Script.workload(1, 0, 0, 0);
    private static final ClientReply REFUSED = new ClientReply.NotWritten(Cause.NOT_LEADER, 0);
    private static final ClientReply UNKNOWN = new ClientReply.Unknown(Cause.LEADERSHIP_LOST, 0);
    private static final Call CREATE = new Call.Create("s");
    private static final Call CLOSE = new Call.Close("s");
    private static final Call DELETE = new Call.Delete("s");
    private static final Call READ = new Call.Read("s", 0, 9, Level.LINEARIZABLE, Call.NO_SESSION);
    private static final Call TAIL = new Call.Tail("s", Level.LOCAL, Call.NO_SESSION);
    private static final Call ANONYMOUS = append(Command.Producer.NONE);
    private static final Call NUMBERED = append(new Command.Producer("p", 0, 0));

    private final Script script = new Script(true);
    private final Caller caller = caller(1, script.desk);
    private final List<Answer> done = new ArrayList<>();

    private static Caller caller(int client, Desk desk) {
        return new Caller(client, desk, WORKLOAD, new Gateways(desk, WORKLOAD));
    }

    private static Call append(Command.Producer producer) {
        return new Call.Append("s", List.of(Bytes.utf8("r")), Command.ANY_TAIL, producer, false);
    }

    /// How often it was attempted, if nobody ever answers.
    private int attemptsInSilence(Call call) {
        Script silent = new Script(true);
        caller(1, silent.desk).call(call, Caller.ANY_NODE, 3, done::add);
        return silent.run().attempts.size();
    }

    private void call(Call call) {
        caller.call(call, Caller.ANY_NODE, WORKLOAD.attemptsMax(), done::add);
        script.run();
    }

    // ---- repeating -----------------------------------------------------------------------------------------

    @Test
    @DisplayName("an answer ends the call")
    void answered() {
        script.answering(new ClientReply.NoSuchStream());
        call(TAIL);
        assertEquals(List.of(new Answer.NoSuchStream()), done);
        assertEquals(done, script.answers());
    }

    @Test
    @DisplayName("what was definitely not written is asked for again, until it is answered or patience ends")
    void notWritten() {
        script.answering(REFUSED, REFUSED, new ClientReply.NoSuchStream());
        call(ANONYMOUS);
        assertEquals(List.of(new Answer.NotWritten(), new Answer.NotWritten(), new Answer.NoSuchStream()), script.answers());
        assertEquals(List.of(new Answer.NoSuchStream()), done);
        assertFalse(caller.isUncertain());
    }

    @Test
    @DisplayName("patience is a number of attempts")
    void patience() {
        script.answering(REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED);
        call(CREATE);
        assertEquals(WORKLOAD.attemptsMax(), script.attempts.size());
        assertEquals(List.of(new Answer.NotWritten()), done);
    }

    @Test
    @DisplayName("an append whose outcome is unknown is repeated if a number makes it recognisable, and else never")
    void unknown() {
        assertEquals(3, attemptsInSilence(NUMBERED));
        assertEquals(1, attemptsInSilence(ANONYMOUS));
        assertEquals(List.of(new Answer.Unknown(), new Answer.Unknown()), done);
        script.answering(UNKNOWN);
        call(ANONYMOUS);
        assertEquals(List.of(new Answer.Unknown()), script.answers());
    }

    @Test
    @DisplayName("creating and closing may be repeated, deleting not: meanwhile somebody may have made it again")
    void others() {
        assertEquals(3, attemptsInSilence(CREATE));
        assertEquals(3, attemptsInSilence(CLOSE));
        assertEquals(1, attemptsInSilence(DELETE));
    }

    @Test
    @DisplayName("reads may always be repeated: without an answer they have learned nothing")
    void reads() {
        assertEquals(3, attemptsInSilence(READ));
        assertEquals(3, attemptsInSilence(TAIL));
        assertEquals(List.of(new Answer.Nothing(), new Answer.Nothing()), done);
    }

    // ---- what is certain -----------------------------------------------------------------------------------

    @Test
    @DisplayName("a refused connection is a definite answer")
    void refused() {
        Script down = new Script(false);
        Caller nobody = caller(1, down.desk);
        nobody.call(NUMBERED, Caller.ANY_NODE, 2, done::add);
        down.run();
        assertEquals(List.of(new Answer.NotWritten(), new Answer.NotWritten()), down.answers());
        assertFalse(nobody.isUncertain());
        nobody.call(READ, Caller.ANY_NODE, 1, done::add);
        down.run();
        assertEquals(new Answer.Nothing(), done.getLast());
    }

    @Test
    @DisplayName("a later refusal says nothing about an earlier attempt whose answer never came")
    void uncertain() {
        script.answering(UNKNOWN, REFUSED, REFUSED, REFUSED, REFUSED);
        call(NUMBERED);
        assertEquals(List.of(new Answer.NotWritten()), done);
        assertTrue(caller.isUncertain());
        script.answering(new ClientReply.NoSuchStream());
        call(TAIL);
        assertFalse(caller.isUncertain(), "the next call begins anew");
    }

    @Test
    @DisplayName("the answer to an attempt that was given up is not heard any more")
    void tooLate() {
        caller.call(ANONYMOUS, Caller.ANY_NODE, 1, done::add);
        script.world.queue().after(WORKLOAD.attemptMicros() + 1, () -> script.desk.answered(1, REFUSED));
        script.run();
        assertEquals(List.of(new Answer.Unknown()), done);
        assertEquals(WORKLOAD.attemptMicros(), script.attempts.getFirst().answeredAt - script.attempts.getFirst().at);
    }

    // ---- whom to ask ---------------------------------------------------------------------------------------

    @Test
    @DisplayName("a write goes to the leader that a refusal has named; a read goes anywhere")
    void hint() {
        ClientReply hint = new ClientReply.NotWritten(Cause.NOT_LEADER, 3);
        script.answering(hint, hint, hint, hint, hint);
        call(NUMBERED);
        assertEquals(List.of(3, 3, 3, 3), script.onlooker.askedNodes().subList(1, 5));
        for (int i = 0; i < 8; i++) {
            call(READ);
        }
        assertEquals(List.of(1, 2, 3), script.onlooker.askedNodes().stream().skip(5).distinct().sorted().toList());
    }

    @Test
    @DisplayName("after a silence nobody is taken for the leader")
    void hintForgotten() {
        for (int i = 0; i < 4; i++) {
            script.answering(new ClientReply.NotWritten(Cause.NOT_LEADER, 3));
        }
        caller.call(NUMBERED, Caller.ANY_NODE, 30, done::add);
        script.run();
        assertEquals(List.of(1, 2, 3), script.onlooker.askedNodes().stream().skip(5).distinct().sorted().toList());
    }

    @Test
    @DisplayName("whoever asks a certain node asks that node")
    void fixed() {
        caller.call(READ, 2, 5, done::add);
        script.run();
        assertEquals(List.of(2, 2, 2, 2, 2), script.onlooker.askedNodes());
    }

    // ---- how long to wait ----------------------------------------------------------------------------------

    @Test
    @DisplayName("the pause before a retry is anything up to a bound that doubles, and has a bound itself")
    void backoff() {
        int clients = 200;
        long[] sum = new long[5];
        for (int client = 1; client <= clients; client++) {
            Script down = new Script(false);
            caller(client, down.desk).call(NUMBERED, Caller.ANY_NODE, 6, done::add);
            down.run();
            for (int i = 0; i < 5; i++) {
                long pause = down.attempts.get(i + 1).at - down.attempts.get(i).answeredAt;
                assertTrue(pause >= 1 && pause <= bound(i), pause + " after attempt " + (i + 1));
                sum[i] += pause;
            }
        }
        for (int i = 0; i < 5; i++) {
            long mean = sum[i] / clients;
            assertTrue(mean > bound(i) * 2 / 5 && mean < bound(i) * 3 / 5, mean + " is not half of " + bound(i));
        }
    }

    private static long bound(int retry) {
        return Math.min(WORKLOAD.backoffMicros() << retry, WORKLOAD.backoffMaxMicros());
    }
}
