package holdfast.server.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.stream.Command;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Streams that expire and streams that share, through HTTP.
class LifeAndForkTest {

    private static final long START = 1_700_000_000_000L;

    private Face face = new Face();

    private void at(long millis) {
        face.node.setWallMillis(START + millis);
    }

    private long touches() {
        return face.node.asked().stream()
                .filter(asked -> asked instanceof ClientRequest.Write write && write.command() instanceof Command.Touch)
                .count();
    }

    @Nested
    @DisplayName("a stream with a time to live")
    class TimeToLive {

        @Test
        @DisplayName("lives on by being read, not by being looked at")
        void renewed() throws InterruptedException {
            at(0);
            face.ask("PUT s Stream-TTL: 2");
            at(1_500);
            assertEquals("200 next=0 tail ttl=2", face.tell("GET s"));
            at(3_400);
            assertEquals("200 next=0 ttl=2", face.tell("HEAD s"));
            at(3_500);
            assertEquals("404 no-such-stream", face.tell("HEAD s"));
            assertNull(face.node.view("s"));
        }

        @Test
        @DisplayName("is not touched again within a tenth of its life, a quarter of a second at most")
        void coalesced() throws InterruptedException {
            at(0);
            face.ask("PUT s Stream-TTL: 2");
            face.ask("PUT t Stream-TTL: 60");
            at(199);
            face.ask("GET s");
            at(249);
            face.ask("GET t");
            assertEquals(0, touches());
            face.ask("GET s");
            face.ask("GET s?offset=now");
            assertEquals(1, touches());
            at(250);
            face.ask("GET t");
            assertEquals(2, touches());
        }

        @Test
        @DisplayName("is touched before it is read, and then what this node has applied is new enough")
        void touchedFirst() throws InterruptedException {
            at(0);
            face.ask("PUT s Stream-TTL: 2");
            at(1_000);
            face.ask("GET s");
            List<ClientRequest> asked = face.node.asked();
            assertInstanceOf(Command.Touch.class, ((ClientRequest.Write) asked.get(2)).command());
            ClientRequest.Read read = (ClientRequest.Read) asked.get(3);
            assertEquals(ClientRequest.Level.LOCAL, read.level());
            assertEquals(2, read.afterIndex());
            assertEquals(4, asked.size());
        }

        @Test
        @DisplayName("is still read locally where nobody leads")
        void leaderless() throws InterruptedException {
            face = new Face(Face.IMPATIENT);
            at(0);
            face.ask("PUT s Stream-TTL: 2");
            face.node.setLeader(0);
            at(5_000);
            assertEquals("200 next=0 tail ttl=2", face.tell("GET s Holdfast-Read: local"));
            assertEquals("503 later unavailable", face.tell("GET s"));
        }
    }

    @Test
    @DisplayName("a time of expiry is told as it was given, and comes by the clock")
    void expiresAt() throws InterruptedException {
        at(0);
        face.ask("PUT s Stream-Expires-At: 2023-11-14T22:13:22.5Z");
        assertEquals("200 next=0 expires-at=2023-11-14T22:13:22.500Z", face.tell("HEAD s"));
        at(2_499);
        assertEquals(200, face.ask("GET s").status());
        at(2_500);
        assertEquals("404 no-such-stream", face.tell("GET s"));
        assertEquals("201 next=0", face.tell("PUT s"));
    }

    @Nested
    @DisplayName("a fork")
    class Forks {

        private String fork(String name, String more) throws InterruptedException {
            return face.tell("PUT " + name + " Stream-Forked-From: /v1/stream/s" + more);
        }

        private String at(long anchor, String sub) {
            return "; Stream-Fork-Offset: " + Offset.text(anchor) + "; Stream-Fork-Sub-Offset: " + sub;
        }

        private void source() throws InterruptedException {
            face.ask("PUT s Content-Type: text/plain | abc");
            face.ask("POST s Content-Type: text/plain | def");
        }

        @Test
        @DisplayName("may begin within a record, which is then cut")
        void withinRecord() throws InterruptedException {
            source();
            assertEquals("201 next=2", fork("f", at(1, "2")));
            assertEquals("200 next=2 tail abcde", face.tell("GET f"));
            assertEquals("200 next=2", fork("f", at(1, "2")));
            assertEquals("409 exists-otherwise, not-written", fork("f", at(1, "1")));
            assertEquals("201 next=2", fork("g", at(1, "3")));
            assertEquals("200 next=2 tail abcdef", face.tell("GET g"));
        }

        @Test
        @DisplayName("is recognised though its source has gone")
        void sourceGone() throws InterruptedException {
            source();
            fork("f", at(1, "2"));
            face.ask("DELETE s");
            assertEquals("200 next=2", fork("f", at(1, "2")));
            assertEquals("409 fork-refused, not-written", fork("g", at(1, "2")));
            assertEquals("410 stream-gone", face.tell("GET s"));
            assertEquals("410 stream-gone, not-written", face.tell("DELETE s"));
            assertEquals("409 stream-gone, not-written", face.tell("PUT s"));
        }

        @Test
        @DisplayName("is refused with a reason")
        void refused() throws InterruptedException {
            source();
            assertEquals("400 bad-fork, not-written", fork("f", at(1, "4")));
            assertEquals("400 bad-fork, not-written", fork("f", at(2, "1")));
            assertEquals("400 bad-fork, not-written", fork("f", at(3, "1")));
            assertEquals("400 bad-fork, not-written", fork("f", at(0, "01")));
            assertEquals("400 bad-fork, not-written", fork("f", "; Stream-Fork-Sub-Offset: 1"));
            assertEquals("400 bad-fork, not-written", fork("f", "; Stream-Fork-Offset: x"));
            assertEquals("400 fork-refused, not-written", fork("f", at(3, "0")));
            assertEquals("409 fork-refused, not-written", fork("f", "; Content-Type: text/html"));
            assertEquals("400 bad-fork, not-written", face.tell("PUT f Stream-Forked-From: elsewhere"));
            assertEquals("404 fork-refused, not-written", face.tell("PUT f Stream-Forked-From: /v1/stream/t"));
            assertEquals("400 bad-fork, not-written", face.tell("PUT f Stream-Fork-Offset: " + Offset.text(0)));
        }

        @Test
        @DisplayName("is looked up again if its source was replaced in between")
        void replaced() throws InterruptedException {
            source();
            ClientReply.Records before = (ClientReply.Records) face.node.ask(
                    new ClientRequest.Read("s", 1, 1, ClientRequest.Level.LINEARIZABLE), 1);
            face.ask("DELETE s");
            face.ask("PUT s Content-Type: text/plain | x");
            face.ask("POST s Content-Type: text/plain | yz");
            face.node.scripted(before, false);
            assertEquals("201 next=2", fork("f", at(1, "1")));
            assertEquals("200 next=2 tail xy", face.tell("GET f"));
        }
    }
}
