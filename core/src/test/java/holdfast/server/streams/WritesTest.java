package holdfast.server.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.node.ClientReply;
import holdfast.node.ClientReply.Cause;
import holdfast.node.ClientRequest;
import holdfast.stream.Command;
import holdfast.stream.CommandBounds;
import holdfast.stream.Stamp;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What becomes of a write when the leader is lost, busy or not to be found.
class WritesTest {

    private static final String APPEND = "POST s Content-Type: text/plain | x";

    private Face face;

    @BeforeEach
    void patient() throws InterruptedException {
        begin(Face.PATIENT);
    }

    private void begin(int holdMillis) throws InterruptedException {
        face = new Face(holdMillis);
        face.ask("PUT s Content-Type: text/plain");
    }

    private List<Stamp> stamps() {
        return face.node.asked().stream()
                .map(asked -> ((ClientRequest.Write) asked).command().stamp())
                .toList();
    }

    private long tail() {
        return face.node.view("s").tail();
    }

    private static ClientReply notWritten(Cause cause) {
        return new ClientReply.NotWritten(cause, 0);
    }

    private static ClientReply unknown() {
        return new ClientReply.Unknown(Cause.LEADERSHIP_LOST, 0);
    }

    @Test
    @DisplayName("a leader that was lost with the write is followed by another, and the write is done once")
    void lostAndApplied() throws InterruptedException {
        face.node.scripted(unknown(), true);
        assertEquals("204 next=1", face.tell(APPEND));
        assertEquals(1, tail());
        assertEquals(stamps().get(1).number(), stamps().get(2).number());
    }

    @Test
    @DisplayName("and so it is if the lost leader had not done it")
    void lostAndNotApplied() throws InterruptedException {
        face.node.scripted(unknown(), false);
        face.node.scripted(notWritten(Cause.NOT_LEADER), false);
        assertEquals("204 next=1", face.tell(APPEND));
        assertEquals(1, tail());
    }

    @Test
    @DisplayName("a node that stops says at once what is known: unknown if it was asked, not written if nobody was")
    void stopped() throws InterruptedException {
        face.node.stopsAfter(new ClientReply.Unknown(Cause.STOPPED, 0));
        assertEquals("503 later outcome-unknown, unknown", face.tell(APPEND));
        int asked = face.node.asked().size();
        assertEquals("503 later unavailable, not-written", face.tell(APPEND));
        assertEquals(asked, face.node.asked().size(), "nobody was asked");
    }

    @Test
    @DisplayName("a read at a node that has stopped, or of a record that has rotted, is not tried again")
    void unreadable() throws InterruptedException {
        for (Cause cause : List.of(Cause.DAMAGED, Cause.STOPPED)) {
            int before = face.node.asked().size();
            // A first look finds out whether the stream may expire.
            face.node.scripted(new ClientReply.ReadFailed(cause, 0), false);
            face.node.scripted(new ClientReply.ReadFailed(cause, 0), false);
            assertEquals("503 later " + (cause == Cause.DAMAGED ? "damaged" : "unavailable"), face.tell("GET s"));
            assertEquals(before + 2, face.node.asked().size());
        }
    }

    @Test
    @DisplayName("a leader without room refuses, and another one may have some; in the end that is 507")
    void full() throws InterruptedException {
        face.node.scripted(notWritten(Cause.NO_SPACE), false);
        assertEquals("204 next=1", face.tell(APPEND));
        begin(Face.IMPATIENT);
        for (int i = 0; i < 100; i++) {
            face.node.scripted(notWritten(Cause.NO_SPACE), false);
        }
        assertEquals("507 later no-space, not-written", face.tell(APPEND));
    }

    @Test
    @DisplayName("a refusal is only final if nothing is in doubt and trying again would not help")
    void refusals() throws InterruptedException {
        for (Cause cause : List.of(Cause.NOT_LEADER, Cause.TRANSFERRING, Cause.OVERLOADED, Cause.STARTING)) {
            face.node.scripted(notWritten(cause), false);
        }
        assertEquals("204 next=1", face.tell(APPEND));
        face.node.scripted(notWritten(Cause.TOO_LARGE), false);
        assertEquals("413 too-large, not-written", face.tell(APPEND));
        assertEquals(1, tail());
    }

    @Test
    @DisplayName("without a leader a write is held for a while, then it is certain that it was not written")
    void noLeader() throws InterruptedException {
        begin(Face.IMPATIENT);
        face.node.setLeader(0);
        assertEquals("503 later unavailable, not-written", face.tell(APPEND));
        assertEquals("503 later unavailable, not-written", face.tell("DELETE s"));
        assertEquals("503 later unavailable, not-written", face.tell("PUT t"));
        assertEquals(1, face.node.asked().size(), "only the stream's creation was ever sent");
    }

    @Test
    @DisplayName("once it was sent and nobody answers any more, the outcome is unknown")
    void doubt() throws InterruptedException {
        begin(Face.IMPATIENT);
        for (int i = 0; i < 1_000; i++) {
            face.node.scripted(i == 0 ? unknown() : notWritten(Cause.NOT_LEADER), false);
        }
        assertEquals("503 later outcome-unknown, unknown", face.tell(APPEND));
    }

    @Test
    @DisplayName("a new leader that is found while the write is held gets it")
    void electedMeanwhile() throws InterruptedException {
        face.node.setLeader(0);
        Thread election = Thread.ofVirtual().start(() -> face.node.setLeader(OneNode.SELF));
        assertEquals("204 next=1", face.tell(APPEND));
        election.join();
    }

    @Test
    @DisplayName("a follower passes its client's write on, whole")
    void forwarded() throws InterruptedException {
        face.node.setLeader(2);
        assertEquals("204 next=1", face.tell(APPEND));
        assertEquals(OneNode.SELF, stamps().getLast().gateway());
    }

    @Test
    @DisplayName("numbers only grow, and the floor follows the oldest request that is still open")
    void floors() throws InterruptedException {
        face.ask(APPEND);
        face.ask(APPEND);
        List<Stamp> stamps = stamps();
        for (int i = 1; i < stamps.size(); i++) {
            assertTrue(stamps.get(i).number() > stamps.get(i - 1).number());
            assertEquals(stamps.get(i).number(), stamps.get(i).floor());
        }
    }

    @Test
    @DisplayName("a node whose clock went back goes on in a session that the machine does not know yet")
    void clockWentBack() throws InterruptedException {
        Stamp ahead = new Stamp(0, OneNode.SELF, 5_000, 1, 1);
        face.node.ask(new ClientRequest.Write(new Command.Touch("s", false, ahead)), 1);
        assertEquals("204 next=1", face.tell(APPEND));
        assertEquals(5_001, stamps().getLast().session());
    }

    @Test
    @DisplayName("a node in whose name somebody has used up the numbers of its session begins another")
    void usedUp() throws InterruptedException {
        assertEquals("204 next=1", face.tell(APPEND));
        long session = stamps().getLast().session();
        Stamp last = new Stamp(0, OneNode.SELF, session, CommandBounds.NUMBER_MAX, CommandBounds.NUMBER_MAX);
        face.node.ask(new ClientRequest.Write(new Command.Touch("s", false, last)), 1);
        assertEquals("204 next=2", face.tell(APPEND));
        assertEquals(session + 1, stamps().getLast().session());
    }

    @Test
    @DisplayName("what an attempt in a forgotten session has done is not known, so it is not done again")
    void forgottenInDoubt() throws InterruptedException {
        face.node.scripted(unknown(), true);
        Stamp ahead = new Stamp(0, OneNode.SELF, 5_000, 1, 1);
        face.node.afterNext(new ClientRequest.Write(new Command.Touch("s", false, ahead)));
        assertEquals("503 later outcome-unknown, unknown", face.tell(APPEND));
        assertEquals(1, tail());
        assertEquals("204 next=2", face.tell(APPEND));
    }

    @Test
    @DisplayName("a read that learned nothing is tried again, and says so if it goes on learning nothing")
    void reads() throws InterruptedException {
        face.node.scripted(new ClientReply.ReadFailed(Cause.NOT_LEADER, 0), false);
        assertEquals("200 next=0 tail", face.tell("GET s"));
        begin(Face.IMPATIENT);
        for (int i = 0; i < 1_000; i++) {
            face.node.scripted(new ClientReply.ReadFailed(Cause.TIMED_OUT, 0), false);
        }
        assertEquals("503 later unavailable", face.tell("GET s"));
        assertEquals("503 later unavailable", face.tell("HEAD s"));
    }
}
