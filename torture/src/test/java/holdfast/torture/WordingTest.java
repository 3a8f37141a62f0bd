package holdfast.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.server.client.Called;
import holdfast.server.http.Headers;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.stream.Command;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What HTTP says, in the words of a history. A wrong translation would make the checker judge another run.
class WordingTest {

    private static final Bytes A = Wording.record("1-1");
    private static final Bytes B = Wording.record("1-2");
    private static final Call.Append NUMBERED = new Call.Append(
            "s", List.of(A, B), Command.ANY_TAIL, new Command.Producer("p", 0, 7), false);
    private static final Call.Append PLAIN =
            new Call.Append("s", List.of(A), 40, Command.Producer.NONE, false);
    private static final Call.Read READ = new Call.Read("s", 40, 100, Level.LINEARIZABLE, Call.NO_SESSION);

    private static Called answered(int status, String body, String... headers) {
        return new Called.Answered(status, Headers.of(headers), Bytes.utf8(body));
    }

    private static Called problem(int status, String type, String outcome, String detail, String... headers) {
        return answered(
                status,
                "{\"type\":\"urn:holdfast:problem:" + type + "\",\"detail\":\"" + detail + "\",\"outcome\":\"" + outcome
                        + "\"}",
                headers);
    }

    private static void told(Answer expected, Call call, Called called) {
        assertEquals(expected, Wording.answer(call, called));
    }

    @Test
    @DisplayName("an append is sent with its number, its expected tail and its records as one array")
    void sent() {
        Wording.Sent numbered = Wording.sent(NUMBERED, "");
        assertEquals("POST /v1/stream/s", numbered.method() + " " + numbered.target());
        assertEquals("[\"1-1\",\"1-2\"]", numbered.body().utf8());
        assertEquals("7", numbered.headers().first("Producer-Seq"));

        assertEquals(
                "0000000000000040_0000000000000000",
                Wording.sent(PLAIN, "").headers().first("Holdfast-Expected-Offset"));
        assertEquals(
                "/v1/stream/s?offset=0000000000000040_0000000000000000", Wording.sent(READ, "").target());
        Call.Read local = new Call.Read("s", 0, 100, Level.LOCAL, 3);
        assertEquals("local", Wording.sent(local, "c:9").headers().first("Holdfast-Read"));
        assertEquals("c:9", Wording.sent(local, "c:9").headers().first("Holdfast-Token"));
    }

    @Test
    @DisplayName("appends: new, repeated, forgotten")
    void appended() {
        String next = "0000000000000042_0000000000000000";
        told(new Answer.Appended(40, 42, false, false), NUMBERED,
                answered(200, "", "Stream-Next-Offset", next, "Holdfast-Digest", "d"));
        told(new Answer.Appended(40, 42, true, false), NUMBERED,
                answered(204, "", "Stream-Next-Offset", next, "Holdfast-Digest", "d"));
        told(new Answer.DuplicateForgotten(9, 42), NUMBERED,
                answered(204, "", "Stream-Next-Offset", next, "Producer-Seq", "9"));
        told(new Answer.Appended(41, 42, false, false), PLAIN,
                answered(204, "", "Stream-Next-Offset", next, "Holdfast-Digest", "d"));
    }

    @Test
    @DisplayName("refusals say what they saw")
    void refusals() {
        String tail = "0000000000000041_0000000000000000";
        told(new Answer.StreamClosed(41), PLAIN,
                problem(409, "stream-closed", "not-written", "", "Stream-Next-Offset", tail));
        told(new Answer.WrongTail(41), PLAIN,
                problem(412, "wrong-tail", "not-written", "", "Stream-Next-Offset", tail));
        told(new Answer.SequenceGap(3), NUMBERED,
                problem(409, "sequence-gap", "not-written", "", "Producer-Expected-Seq", "3"));
        told(new Answer.ProducerForgotten(2), NUMBERED,
                problem(403, "producer-forgotten", "not-written", "", "Producer-Epoch", "2"));
        told(new Answer.NotWritten(), NUMBERED, problem(429, "too-many-producers", "not-written", ""));
        told(new Answer.Fenced(2), NUMBERED, problem(403, "fenced", "not-written", "", "Producer-Epoch", "2"));
        told(new Answer.NoSuchStream(), PLAIN, problem(404, "no-such-stream", "not-written", ""));
        told(new Answer.PastTail(41), READ, problem(400, "past-tail", "", "beyond the stream's end at " + tail));
    }

    @Test
    @DisplayName("what is not certain is unknown, what was not sent is not written, and a failed read says nothing")
    void uncertainty() {
        told(new Answer.NotWritten(), NUMBERED, problem(503, "unavailable", "not-written", ""));
        told(new Answer.Unknown(), NUMBERED, problem(503, "outcome-unknown", "unknown", ""));
        told(new Answer.Unknown(), NUMBERED, answered(500, "what?"));
        told(new Answer.Unknown(), NUMBERED, new Called.Silent("reset"));
        told(new Answer.NotWritten(), NUMBERED, new Called.NotSent("refused"));
        told(new Answer.Nothing(), READ, new Called.Silent("reset"));
        told(new Answer.Nothing(), READ, answered(503, ""));
    }

    @Test
    @DisplayName("only a read that reaches the tail tells where the tail is")
    void reads() {
        String next = "0000000000000042_0000000000000000";
        told(new Answer.Records(40, List.of(A, B), 42, false), READ,
                answered(200, "[\"1-1\",\"1-2\"]\n", "Stream-Next-Offset", next, "Stream-Up-To-Date", "true"));
        told(new Answer.Records(40, List.of(), 40, true), READ,
                answered(200, "[]", "Stream-Next-Offset", "0000000000000040_0000000000000000",
                        "Stream-Up-To-Date", "true", "Stream-Closed", "true"));
        told(new Answer.Nothing(), READ, answered(200, "[\"1-1\",\"1-2\"]", "Stream-Next-Offset", next));
        told(new Answer.TailIs(42, false), new Call.Tail("s", Level.LINEARIZABLE, Call.NO_SESSION),
                answered(200, "", "Stream-Next-Offset", next));
    }
}
