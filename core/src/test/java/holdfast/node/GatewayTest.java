package holdfast.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.node.ClientReply.Cause;
import holdfast.node.Errand.Step;
import holdfast.node.Errand.View;
import holdfast.stream.Command;
import holdfast.stream.Outcome;
import holdfast.stream.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a gateway sends, how often, and what it makes of the answers. The time is what the test says.
class GatewayTest {

    private static final int SELF = 2;
    private static final int LEADER = 3;
    private static final long SESSION = 100;
    private static final int HOLD_MILLIS = 10_000;
    private static final View LED = new View(LEADER, 7, false);
    private static final View LEADERLESS = new View(0, 7, false);
    private static final View STOPPED = new View(0, 7, true);
    private static final Command TOUCH = new Command.Touch("s", false, Stamp.NONE);
    private static final ClientReply.Unknown UNKNOWN = new ClientReply.Unknown(Cause.LEADERSHIP_LOST, 0);
    private static final ClientReply APPLIED = applied(new Outcome.NoSuchStream());

    private final Gateway gateway = new Gateway(SELF, SESSION);
    private long now = 5_000_000;

    private static ClientReply applied(Outcome outcome) {
        return new ClientReply.Applied(outcome, new ClientReply.Receipt(7, 9, List.of(1, 3)));
    }

    private static ClientReply forgotten(long session) {
        return applied(new Outcome.RequestForgotten(session));
    }

    private static ClientReply.NotWritten refused(Cause cause) {
        return new ClientReply.NotWritten(cause, 0);
    }

    private Errand begin() {
        return gateway.begin(TOUCH, now, HOLD_MILLIS);
    }

    private Step.Ask ask(Errand errand) {
        return (Step.Ask) errand.next(now, LED);
    }

    private Stamp stamp(Errand errand) {
        return ask(errand).write().command().stamp();
    }

    private ClientReply reply(Errand errand) {
        return ((Step.Finished) errand.next(now, LED)).reply();
    }

    /// Asks and is answered so; waits are skipped.
    private void told(Errand errand, ClientReply reply) {
        Step step = errand.next(now, LED);
        while (step instanceof Step.Pause || step instanceof Step.AwaitLeader) {
            step = errand.next(now, LED);
        }
        assertTrue(step instanceof Step.Ask, step::toString);
        errand.take(reply, now);
    }

    private void pass(long millis) {
        now += millis * 1_000;
    }

    // ---- numbers and floors --------------------------------------------------------------------------------

    @Test
    @DisplayName("asks whoever leads, in the name of its node, and the leader's answer is the errand's")
    void answered() {
        Errand errand = begin();
        Step.Ask ask = ask(errand);
        assertEquals(LEADER, ask.node());
        assertEquals(new Stamp(0, SELF, SESSION, 1, 1), ask.write().command().stamp());
        errand.take(APPLIED, now);
        assertEquals(APPLIED, reply(errand));
        assertEquals(APPLIED, reply(errand), "and so it stays");
        assertEquals(0, gateway.open());
    }

    @Test
    @DisplayName("the floor is the lowest number that is open, whichever errand asks")
    void floors() {
        Errand first = begin();
        Errand second = begin();
        Errand third = begin();
        assertEquals(new Stamp(0, SELF, SESSION, 3, 1), stamp(third));
        assertEquals(new Stamp(0, SELF, SESSION, 1, 1), stamp(first));
        third.take(APPLIED, now);
        reply(third);
        assertEquals(1, stamp(second).floor(), "a later one that is over does not raise it");
        first.take(APPLIED, now);
        reply(first);
        assertEquals(2, stamp(second).floor());
        assertEquals(new Stamp(0, SELF, SESSION, 4, 2), stamp(begin()));
    }

    @Test
    @DisplayName("an errand that is given up holds the floor no longer, whatever it waited for")
    void abandoned() {
        Errand unsent = begin();
        Errand asking = begin();
        Errand inDoubt = begin();
        Errand last = begin();
        ask(asking);
        told(inDoubt, UNKNOWN);
        inDoubt.close();
        assertEquals(1, stamp(last).floor());
        unsent.close();
        assertEquals(2, stamp(last).floor());
        asking.close();
        asking.close();
        assertEquals(4, stamp(last).floor());
        assertEquals(1, gateway.open());
    }

    @Test
    @DisplayName("an attempt is repeated by the same number, with the floor of the moment")
    void repeated() {
        Errand first = begin();
        Errand second = begin();
        told(second, UNKNOWN);
        first.close();
        assertEquals(new Stamp(0, SELF, SESSION, 2, 2), stamp(second));
    }

    @Test
    @DisplayName("beyond its bound it refuses, and what is refused takes no number")
    void bound() {
        List<Errand> errands = new ArrayList<>();
        for (int i = 0; i < Gateway.OPEN_MAX; i++) {
            errands.add(begin());
        }
        Errand refused = begin();
        assertEquals(refused(Cause.OVERLOADED), reply(refused));
        assertEquals(Gateway.OPEN_MAX, gateway.open());
        told(errands.getLast(), forgotten(SESSION));
        assertEquals(Gateway.OPEN_MAX + 1, stamp(errands.getLast()).number(), "another number needs no more room");
        errands.getFirst().close();
        assertEquals(Gateway.OPEN_MAX + 2, stamp(begin()).number());
    }

    // ---- refusals and doubt --------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Cause.class)
    @DisplayName("a refusal is final if trying again would not change it, and if nothing is in doubt")
    void refusals(Cause cause) {
        boolean isFinal = cause == Cause.TOO_LARGE || cause == Cause.BAD_REQUEST;
        Errand errand = begin();
        told(errand, refused(cause));
        if (isFinal) {
            assertEquals(refused(cause), reply(errand));
        } else {
            told(errand, APPLIED);
            assertEquals(APPLIED, reply(errand));
        }
        Errand inDoubt = begin();
        told(inDoubt, UNKNOWN);
        told(inDoubt, refused(cause));
        told(inDoubt, APPLIED);
        assertEquals(APPLIED, reply(inDoubt), "the outcome of the attempt that was in doubt");
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    @DisplayName("it waits before it asks again: for another leader if this one is none any more, else a moment")
    void pauses(Cause cause) {
        Errand errand = begin();
        told(errand, UNKNOWN);
        told(errand, refused(cause));
        if (cause == Cause.NOT_LEADER || cause == Cause.TRANSFERRING) {
            assertEquals(new Step.AwaitLeader(LED.term(), Errand.PAUSE_MILLIS), errand.next(now, LED));
            assertEquals(new Step.Pause(Errand.LOOK_MILLIS), errand.next(now, LED));
        } else {
            assertEquals(new Step.Pause(Errand.PAUSE_MILLIS), errand.next(now, LED));
        }
        ask(errand);
    }

    @Test
    @DisplayName("when the time is up it is the last refusal, or the doubt if there is one")
    void timeIsUp() {
        Errand certain = begin();
        told(certain, refused(Cause.NOT_LEADER));
        told(certain, refused(Cause.NO_SPACE));
        Errand inDoubt = begin();
        told(inDoubt, UNKNOWN);
        told(inDoubt, refused(Cause.NO_SPACE));
        pass(HOLD_MILLIS);
        certain.next(now, LED);
        inDoubt.next(now, LED);
        assertEquals(refused(Cause.NO_SPACE), reply(certain));
        assertEquals(UNKNOWN, reply(inDoubt));
        assertEquals(0, gateway.open());
    }

    @Test
    @DisplayName("a node that has stopped waits for nothing")
    void stopped() {
        Errand unsent = begin();
        assertEquals(new Step.Finished(refused(Cause.STOPPED)), unsent.next(now, STOPPED));
        Errand inDoubt = begin();
        told(inDoubt, UNKNOWN);
        assertEquals(new Step.Finished(UNKNOWN), inDoubt.next(now, STOPPED));
    }

    @Test
    @DisplayName("whoever is over asks nobody, and is told nothing")
    void over() {
        Errand errand = begin();
        ask(errand);
        errand.close();
        assertThrows(Check.InvariantBroken.class, () -> errand.take(APPLIED, now));
    }

    // ---- requests that are forgotten -----------------------------------------------------------------------

    @Test
    @DisplayName("what was refused as forgotten was not written: it begins anew, beyond the session that it was told of")
    void forgottenWithoutDoubt() {
        Errand errand = begin();
        told(errand, forgotten(4_000));
        assertEquals(new Stamp(0, SELF, 4_001, 2, 2), stamp(errand));
        errand.take(APPLIED, now);
        assertEquals(APPLIED, reply(errand));
        assertEquals(4_001, stamp(begin()).session(), "everything later is in that session, too");
    }

    @Test
    @DisplayName("in doubt it does not: the new session would not know what was done in the old one")
    void forgottenInDoubt() {
        Errand errand = begin();
        told(errand, UNKNOWN);
        told(errand, forgotten(4_000));
        assertEquals(UNKNOWN, reply(errand));
        assertEquals(0, gateway.open());
        assertEquals(new Stamp(0, SELF, 4_001, 2, 2), stamp(begin()), "the session is learned all the same");
    }

    @Test
    @DisplayName("a session that was refused is never used again, and none that is lower than its own is learned")
    void sessions() {
        Errand first = begin();
        Errand second = begin();
        Errand third = begin();
        Errand fourth = begin();
        told(first, forgotten(SESSION));
        assertEquals(SESSION + 1, stamp(first).session());
        told(second, forgotten(SESSION));
        assertEquals(SESSION + 1, stamp(second).session(), "the others of the old session change nothing more");
        told(third, forgotten(1));
        assertEquals(SESSION + 1, stamp(third).session());
        assertEquals(SESSION, stamp(fourth).session(), "whoever was not refused goes on as it began");
        assertEquals(SESSION + 1, gateway.session());
    }

    @Test
    @DisplayName("a request that was given another number gives up the old one")
    void anew() {
        Errand first = begin();
        Errand second = begin();
        told(first, forgotten(SESSION));
        assertEquals(2, stamp(second).floor());
        assertEquals(2, gateway.open());
    }

    // ---- time ----------------------------------------------------------------------------------------------

    @Test
    @DisplayName("each attempt without an answer doubles the next one's time, up to a bound; refusals do not")
    void patience() {
        Errand errand = begin();
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            millis.add(ask(errand).millis());
            errand.take(UNKNOWN, now);
        }
        assertEquals(List.of(500L, 1_000L, 2_000L, 2_000L, 2_000L), millis);
        Errand refused = begin();
        told(refused, refused(Cause.OVERLOADED));
        assertEquals(new Step.Pause(20), refused.next(now, LED));
        assertEquals(500, ask(refused).millis());
    }

    @Test
    @DisplayName("no attempt and no wait is longer than what is left, but one attempt there is in any case")
    void leftOver() {
        Errand errand = begin();
        pass(HOLD_MILLIS - 15);
        assertEquals(15, ask(errand).millis());
        errand.take(refused(Cause.NO_SPACE), now);
        assertEquals(new Step.Pause(15), errand.next(now, LED));
        Errand late = gateway.begin(TOUCH, now, 0);
        assertEquals(1, ask(late).millis());
        late.take(refused(Cause.NO_SPACE), now);
        assertEquals(new Step.Pause(0), late.next(now, LED));
        assertEquals(refused(Cause.NO_SPACE), reply(late));
    }

    @Test
    @DisplayName("without a leader it waits for any, and if none comes nothing was written")
    void leaderless() {
        Errand errand = begin();
        assertEquals(new Step.AwaitLeader(0, HOLD_MILLIS), errand.next(now, LEADERLESS));
        pass(HOLD_MILLIS - 1);
        assertEquals(new Step.AwaitLeader(0, 1), errand.next(now, LEADERLESS));
        pass(1);
        assertEquals(new Step.Finished(refused(Cause.NOT_LEADER)), errand.next(now, LEADERLESS));
    }

    @Test
    @DisplayName("a large write has more time, for each attempt and in all")
    void large() {
        int sizeMillis = 5_000;
        List<Bytes> records = List.of(
                Bytes.wrap(new byte[Errand.BYTES_A_MILLI * 1_000]), Bytes.wrap(new byte[Errand.BYTES_A_MILLI * 4_000]));
        Command append = new Command.Append("s", records, Command.ANY_TAIL, Command.Producer.NONE, false);
        Errand errand = gateway.begin(append, now, HOLD_MILLIS);
        assertEquals(500 + sizeMillis / 2, ask(errand).millis());
        errand.take(UNKNOWN, now);
        assertEquals(3_000, ask(errand).millis(), "its first patience is not doubled beyond the bound, nor cut");
        pass(HOLD_MILLIS + 2 * sizeMillis - 1);
        assertEquals(1, ask(errand).millis());
        pass(1);
        assertEquals(UNKNOWN, reply(errand));
    }
}
