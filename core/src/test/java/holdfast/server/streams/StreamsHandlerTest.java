package holdfast.server.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.server.http.Response;
import holdfast.stream.ProducerBounds;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What the official suite does not look at, or looks at only in passing. Each line is a request, an arrow and
/// what is told of the answer ([Face]).
class StreamsHandlerTest {

    private static final String TEXT = "Content-Type: text/plain";
    private static final String JSON = "Content-Type: application/json";

    private final Face face = new Face();

    private void tells(String expected) throws InterruptedException {
        assertEquals(expected, face.tellAll(expected));
    }

    @Nested
    @DisplayName("writing")
    class Writing {

        @Test
        @DisplayName("a stream is created with its first content, and creating it again is no error")
        void create() throws InterruptedException {
            tells("""
                    PUT s Content-Type: text/plain | ab -> 201 next=1
                    PUT s Content-Type: Text/Plain; Stream-Closed: no | other -> 200 next=1
                    PUT s Content-Type: text/html -> 409 exists-otherwise, not-written
                    PUT s -> 409 exists-otherwise, not-written
                    PUT t Content-Type: text/plain;Stream-Closed: true | x -> 201 next=1 closed
                    """);
            assertEquals("http://h/v1/stream/u", face.ask("PUT u").headers().first("Location"));
            assertEquals("application/octet-stream", face.ask("HEAD u").headers().first("Content-Type"));
        }

        @Test
        @DisplayName("an acknowledgement is a receipt")
        void receipt() throws InterruptedException {
            face.ask("PUT s " + TEXT);
            Response response = face.ask("POST s " + TEXT + " | ab");
            assertEquals("1", response.headers().first("Holdfast-Term"));
            assertEquals("2", response.headers().first("Holdfast-Index"));
            assertEquals("1", response.headers().first("Holdfast-Synced-By"));
            assertEquals(
                    face.node.view("s").digest().toString(), response.headers().first("Holdfast-Digest"));
            assertEquals(
                    response.headers().first("Holdfast-Digest"), face.ask("HEAD s").headers().first("Holdfast-Digest"));
        }

        @Test
        @DisplayName("a producer is told what it needs to go on")
        void producer() throws InterruptedException {
            face.ask("PUT s " + TEXT);
            String by = "POST s Content-Type: text/plain; Producer-Id: p; Producer-Epoch: %d; Producer-Seq: %d | x";
            assertEquals("200 next=1 epoch=1 seq=0", face.tell(by.formatted(1, 0)));
            assertEquals("200 next=2 epoch=1 seq=1", face.tell(by.formatted(1, 1)));
            assertEquals("204 next=1 epoch=1 seq=1", face.tell(by.formatted(1, 0)));
            assertEquals(
                    "409 expected-seq=2 received-seq=5 sequence-gap, not-written", face.tell(by.formatted(1, 5)));
            assertEquals("403 epoch=1 fenced, not-written", face.tell(by.formatted(0, 0)));
            assertEquals("400 bad-producer, not-written", face.tell(by.formatted(2, 1)));
            assertEquals("200 next=3 epoch=2 seq=0", face.tell(by.formatted(2, 0)));
            assertEquals("400 bad-producer, not-written", face.tell("POST s " + TEXT + "; Producer-Id: p | x"));
        }

        @Test
        @DisplayName("a producer that was forgotten is told the epoch to exceed, a new one without room when to come back")
        void forgottenProducer() throws InterruptedException {
            face.node.restoreKnowing(new ProducerBounds(1, 1_500));
            face.node.setWallMillis(1_000);
            face.ask("PUT s " + TEXT);
            String by = "POST s Content-Type: text/plain; Producer-Id: %s; Producer-Epoch: %d; Producer-Seq: 0 | x";
            assertEquals("200 next=1 epoch=3 seq=0", face.tell(by.formatted("old", 3)));
            Response crowded = face.ask(by.formatted("new", 0));
            assertEquals("429 later too-many-producers, not-written", Face.tell(crowded));
            assertEquals("2", crowded.headers().first("Retry-After"));
            face.node.setWallMillis(2_500);
            assertEquals("200 next=2 epoch=0 seq=0", face.tell(by.formatted("new", 0)));
            assertEquals("403 epoch=3 producer-forgotten, not-written", face.tell(by.formatted("old", 3)));
        }

        @Test
        @DisplayName("closing is an answer of its own, and of two refusals being closed comes first")
        void close() throws InterruptedException {
            face.ask("PUT s " + TEXT);
            tells("""
                    POST s -> 400 empty-body, not-written
                    POST s Stream-Closed: true; Content-Type: text/plain | ab -> 204 next=1 closed
                    POST s Stream-Closed: true -> 204 next=1 closed
                    POST s Content-Type: text/html | ab -> 409 next=1 closed stream-closed, not-written
                    POST s Stream-Closed: true; Content-Type: text/plain | ab -> 409 next=1 closed stream-closed, not-written
                    """);
        }

        @Test
        @DisplayName("an append can name the tail and the order it expects")
        void expectations() throws InterruptedException {
            face.ask("PUT s " + TEXT);
            String at = "POST s Content-Type: text/plain; Holdfast-Expected-Offset: %s | x";
            assertEquals("204 next=1", face.tell(at.formatted(Offset.text(0))));
            assertEquals("412 next=1 wrong-tail, not-written", face.tell(at.formatted(Offset.text(0))));
            assertEquals("412 next=1 wrong-tail, not-written", face.tell(at.formatted("nonsense")));
            tells("""
                    POST s Content-Type: text/plain; Stream-Seq: 2 | x -> 204 next=2
                    POST s Content-Type: text/plain; Stream-Seq: 10 | x -> 409 sequence-behind, not-written
                    """);
        }

        @Test
        @DisplayName("what is not there, not JSON, or too large is refused with a reason")
        void refusals() throws InterruptedException {
            tells("""
                    POST s Content-Type: text/plain | x -> 404 no-such-stream, not-written
                    DELETE s -> 404 no-such-stream, not-written
                    PUT s Content-Type: application/json | {" -> 400 bad-json, not-written
                    PUT s Content-Type: application/json | [] -> 201 next=0
                    POST s Content-Type: application/json | [] -> 400 empty-array, not-written
                    POST s | x -> 400 no-content-type, not-written
                    POST s Content-Type: text/plain | x -> 409 wrong-content-type, not-written
                    PUT t Stream-TTL: 1; Stream-Expires-At: 2030-01-01T00:00:00Z -> 400 bad-life, not-written
                    PUT t Stream-TTL: 01 -> 400 bad-life, not-written
                    PUT t Stream-Expires-At: soon -> 400 bad-life, not-written
                    PATCH s -> 405 bad-method, not-written
                    PUT __ds/x -> 501 reserved
                    GET %ff -> 400 bad-path
                    """);
            assertEquals(
                    "413 too-large, not-written", face.tell("PUT t " + TEXT + " | " + "x".repeat(1_000)));
            assertEquals(
                    "400 bad-request, not-written", face.tell("PUT " + "n".repeat(1_025)));
            assertEquals(
                    "413 too-large, not-written",
                    face.tell("POST s " + JSON + " | [" + "1,".repeat(10_000) + "1]"));
        }

        @Test
        @DisplayName("a deleted stream is gone, and another of its name has nothing of it")
        void delete() throws InterruptedException {
            face.ask("PUT s " + TEXT + " | ab");
            tells("""
                    DELETE s -> 204
                    GET s -> 404 no-such-stream
                    PUT s Content-Type: text/html -> 201 next=0
                    GET s -> 200 next=0 tail
                    """);
        }
    }

    @Nested
    @DisplayName("reading")
    class Reading {

        @Test
        @DisplayName("goes on in chunks, says where it is, and the end only at the end")
        void chunks() throws InterruptedException {
            tells("""
                    PUT s Content-Type: text/plain | abcdef -> 201 next=1
                    POST s Content-Type: text/plain | ghi -> 204 next=2
                    POST s Content-Type: text/plain; Stream-Closed: true | jkl -> 204 next=3 closed
                    GET s -> 200 next=2 abcdefghi
                    """);
            assertEquals("200 next=3 tail closed jkl", face.tell("GET s?offset=" + Offset.text(2)));
            assertEquals("200 next=3 tail closed", face.tell("GET s?offset=" + Offset.text(3)));
            assertEquals("400 past-tail", face.tell("GET s?offset=" + Offset.text(4)));
            assertEquals("200 next=3 tail closed", face.tell("GET s?offset=now"));
        }

        @Test
        @DisplayName("JSON is one array, whatever was appended together")
        void json() throws InterruptedException {
            tells("""
                    PUT s Content-Type: application/json -> 201 next=0
                    GET s -> 200 next=0 tail []
                    POST s Content-Type: application/json | [1, [2]] -> 204 next=2
                    POST s Content-Type: application/json | {} -> 204 next=3
                    GET s -> 200 next=3 tail [1,[2],{}]
                    GET s?offset=now -> 200 next=3 tail []
                    """);
        }

        @Test
        @DisplayName("nothing that touches the tail may be kept by a cache; a chunk before it may")
        void caching() throws InterruptedException {
            face.ask("PUT s " + TEXT + " | 123456789");
            assertEquals("no-store", face.ask("GET s").headers().first("Cache-Control"));
            assertEquals("no-store", face.ask("HEAD s").headers().first("Cache-Control"));
            assertEquals("no-store", face.ask("GET s?offset=now").headers().first("Cache-Control"));
            face.ask("POST s " + TEXT + " | x");
            assertEquals(
                    "public, max-age=60, stale-while-revalidate=300",
                    face.ask("GET s").headers().first("Cache-Control"));
            assertEquals("no-store", face.ask("GET s Holdfast-Read: local").headers().first("Cache-Control"));
            face.ask("PUT t Stream-TTL: 9; " + TEXT + " | 123456789");
            face.ask("POST t " + TEXT + " | x");
            assertEquals("no-store", face.ask("GET t").headers().first("Cache-Control"));
        }

        @Test
        @DisplayName("an entity tag stands for the same bytes and the same end")
        void etag() throws InterruptedException {
            face.ask("PUT s " + TEXT + " | ab");
            String tag = face.ask("GET s").headers().first("ETag");
            assertEquals("304 next=1 tail", face.tell("GET s If-None-Match: " + tag));
            assertEquals("200 next=1 tail ab", face.tell("GET s If-None-Match: \"other\""));
            face.ask("POST s Stream-Closed: true");
            assertEquals("200 next=1 tail closed ab", face.tell("GET s If-None-Match: " + tag));
            face.ask("DELETE s");
            face.ask("PUT s " + TEXT + " | cd");
            assertNotEquals(tag, face.ask("GET s").headers().first("ETag"));
            assertNull(face.ask("GET s?offset=now").headers().first("ETag"));
        }

        @Test
        @DisplayName("the level is echoed, and with it a token that a later read may bring along")
        void levels() throws InterruptedException {
            face.ask("PUT s");
            for (String request : new String[] {"HEAD s ", "GET s ", "GET s?offset=now "}) {
                Response local = face.ask(request + "Holdfast-Read: local; Holdfast-Token: c:1");
                assertEquals("local", local.headers().first("Holdfast-Read"));
                assertEquals("c:1", local.headers().first("Holdfast-Token"));
                Response usual = face.ask(request.strip());
                assertEquals("linearizable", usual.headers().first("Holdfast-Read"));
            }
            assertEquals("c:2", face.ask("POST s " + TEXT + "; Stream-Closed: true").headers().first("Holdfast-Token"));
            assertEquals("503 later unavailable", face.tell("GET s?offset=" + Offset.text(9) + " Holdfast-Read: local"));
            tells("""
                    GET s Holdfast-Read: fresh -> 400 bad-read-level
                    GET s Holdfast-Token: other:1 -> 400 bad-token
                    HEAD s Holdfast-Token: c:x -> 400 bad-token
                    """);
        }

        @Test
        @DisplayName("offsets and live modes are ours or refused")
        void malformed() throws InterruptedException {
            face.ask("PUT s");
            tells("""
                    GET s?offset=1 -> 400 bad-offset
                    GET s?offset=-1&offset=-1 -> 400 bad-offset
                    GET s?offset=% -> 400 bad-offset
                    GET s?live=long-poll -> 400 no-offset
                    GET s?offset=-1&live=pigeon -> 400 bad-live
                    """);
        }
    }

    @Nested
    @DisplayName("live")
    class Live {

        @Test
        @DisplayName("a long-poll answers what is there, waits for what is not, and not for ever")
        void longPoll() throws InterruptedException {
            face.ask("PUT s " + TEXT + " | ab");
            assertEquals("200 next=1 tail ab", face.tell("GET s?offset=-1&live=long-poll"));
            assertEquals("204 next=1 tail", face.tell("GET s?offset=now&live=long-poll"));
            Thread writer = Thread.ofVirtual().start(() -> append("s"));
            String told = "204 next=1 tail";
            while (told.equals("204 next=1 tail")) {
                told = face.tell("GET s?live=long-poll&offset=" + Offset.text(1));
            }
            assertEquals("200 next=2 tail x", told);
            writer.join();
            face.ask("POST s Stream-Closed: true");
            assertEquals("204 next=2 tail closed", face.tell("GET s?offset=now&live=long-poll"));
        }

        @Test
        @DisplayName("a stream that is deleted under a long-poll ends it")
        void deleted() throws InterruptedException {
            face.ask("PUT s " + TEXT);
            Thread deleter = Thread.ofVirtual().start(() -> append("DELETE"));
            String told = "204 next=0 tail";
            while (told.equals("204 next=0 tail")) {
                told = face.tell("GET s?live=long-poll&offset=-1");
            }
            assertEquals("404 no-such-stream", told);
            deleter.join();
        }

        private void append(String what) {
            try {
                face.ask(what.equals("DELETE") ? "DELETE s" : "POST s " + TEXT + " | x");
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        }

        @Test
        @DisplayName("another stream of the same name is no continuation")
        void recreated() throws InterruptedException {
            face.ask("PUT s " + TEXT + " | ab");
            Response events = face.ask("GET s?offset=-1&live=sse");
            face.ask("DELETE s");
            face.ask("PUT s " + TEXT + " | cd");
            face.ask("POST s " + TEXT + " | ef");
            String told = Face.tell(events);
            assertTrue(told.contains("data:ab") && !told.contains("ef"), told);
        }

        @Test
        @DisplayName("events come as data and control, chunk by chunk, and end with the stream")
        void events() throws InterruptedException {
            face.ask("PUT s " + TEXT + " | 12345678");
            face.ask("POST s Stream-Closed: true; " + TEXT + " | x\ny");
            String told = face.tell("GET s?offset=-1&live=sse&cursor=0").replaceAll("Cursor\":\"\\d+", "Cursor\":\"n");
            assertEquals("""
                    200 id: 0000000000000001_0000000000000000
                    event: data
                    data:12345678

                    id: 0000000000000001_0000000000000000
                    event: control
                    data:{"streamNextOffset":"0000000000000001_0000000000000000","streamCursor":"n"}

                    id: 0000000000000002_0000000000000000
                    event: data
                    data:x
                    data:y

                    id: 0000000000000002_0000000000000000
                    event: control
                    data:{"streamNextOffset":"0000000000000002_0000000000000000","upToDate":true,"streamClosed":true}

                    """, told);
        }

        @Test
        @DisplayName("events of bytes are base64 and say so")
        void binary() throws InterruptedException {
            face.ask("PUT s Stream-Closed: true; Content-Type: image/png | ab");
            Response response = face.ask("GET s?offset=-1&live=sse");
            assertEquals("base64", response.headers().first("stream-sse-data-encoding"));
            assertTrue(Face.tell(response).contains("\nevent: data\ndata:YWI=\n\n"));
        }

        @Test
        @DisplayName("a browser that opens its events again goes on where it was, whatever its page has asked for")
        void lastEventId() throws InterruptedException {
            face.ask("PUT s " + TEXT + " | first");
            face.ask("POST s Stream-Closed: true; " + TEXT + " | second");
            String seen = "GET s?offset=-1&live=sse Last-Event-ID: ";
            String told = face.tell(seen + Offset.text(1));
            assertTrue(told.contains("data:second\n") && !told.contains("first"), told);
            assertTrue(face.tell("GET s?live=sse Last-Event-ID: " + Offset.text(1)).contains("data:second\n"));
            assertEquals("400 bad-offset", face.tell(seen + "7"));
            assertEquals("400 past-tail", face.tell(seen + Offset.text(9)));
            assertTrue(face.tell(seen.strip()).contains("data:firstsecond\n"), "an empty one says nothing");
            assertEquals("200 next=2 tail closed firstsecond", face.tell("GET s Last-Event-ID: " + Offset.text(1)));
        }

        @Test
        @DisplayName("events are not kept back by a proxy, and while there are none a comment says so")
        void quiet() throws InterruptedException {
            face.ask("PUT s " + TEXT + " | ab");
            Response events = face.ask("GET s?offset=-1&live=sse");
            assertEquals("no", events.headers().first("X-Accel-Buffering"));
            assertTrue(Face.tell(new Face(Face.PATIENT, 1).withStream("s").ask("GET s?offset=-1&live=sse"))
                    .contains("\n\n: idle\n"));
            assertEquals(-1, Face.tell(events).indexOf("idle"), "not before its time");
        }
    }

    @Test
    @DisplayName("a preflight allows what the protocol uses")
    void browsers() throws InterruptedException {
        Response preflight = face.ask("OPTIONS s");
        assertEquals(204, preflight.status());
        for (String header : new String[] {"If-None-Match", "If-Match", "Last-Event-ID", "Stream-Seq", "Holdfast-Token"}) {
            assertTrue(preflight.headers().hasToken("Access-Control-Allow-Headers", header), header);
        }
        assertTrue(preflight.headers().hasToken("Access-Control-Allow-Methods", "DELETE"));
    }

    @Test
    @DisplayName("the place of a new stream names the host that was asked, if that is no more than a name")
    void location() throws InterruptedException {
        assertEquals("http://h/v1/stream/a%2Fb", face.ask("PUT a%2Fb").headers().first("Location"));
        assertEquals("/v1/stream/c", face.ask("PUT c Host: h'(evil)").headers().first("Location"));
    }
}
