package holdfast.server.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.node.ClientReply;
import holdfast.node.ClientReply.Cause;
import holdfast.node.ClientRequest;
import holdfast.server.NodePort;
import holdfast.server.http.Headers;
import holdfast.server.http.Request;
import holdfast.server.http.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What `PUT /v1/voters/N/disk` asks of the node, and how it tells what the node answers.
class VoterDiskTest {

    private static final String DISK = "0123456789abcdeffedcba9876543210";
    private static final String AT_TWO = "/v1/voters/2/disk";

    /// Answers everything alike, and remembers what it was asked.
    private static final class Port implements NodePort {
        final List<ClientRequest> asked = new ArrayList<>();
        ClientReply reply = new ClientReply.DiskReplaced(41);

        @Override
        public ClientReply ask(ClientRequest request, long timeoutMillis) {
            asked.add(request);
            return reply;
        }

        @Override
        public ClientReply forward(int node, ClientRequest.Write write, long timeoutMillis) {
            throw new UnsupportedOperationException("a replacement is not passed on");
        }

        @Override
        public Status status() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Status awaitLeader(long staleTerm, long timeoutMillis) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Watch watch(String stream) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long wallMillis() {
            return 0;
        }
    }

    private final Port port = new Port();
    private final VoterDisk page =
            new VoterDisk(new Observed(null, "", null, port, null, null, null, null, null, null));

    private Response.Whole ask(String method, String path, String body) throws InterruptedException {
        Request request = new Request(method, path, true, Headers.of("Host", "h"), Bytes.utf8(body));
        return assertInstanceOf(Response.Whole.class, page.handle(request));
    }

    private Response.Whole put(ClientReply reply) throws InterruptedException {
        port.reply = reply;
        return ask("PUT", AT_TWO, DISK);
    }

    private static void assertProblem(int status, String outcome, String detail, Response.Whole response) {
        String body = response.body().utf8();
        assertEquals(status, response.status(), body);
        assertEquals("application/problem+json", response.headers().first("Content-Type"));
        assertTrue(body.contains("\"detail\":\"" + detail + "\",\"outcome\":\"" + outcome + "\""), body);
        assertEquals(status == 503 ? "1" : null, response.headers().first("Retry-After"));
    }

    @Test
    @DisplayName("404: only the disk of a voter is here, whatever the method")
    void notFound() throws Exception {
        for (String path : List.of(
                "/v1/voters/", "/v1/voters/2", "/v1/voters/2/", "/v1/voters/2/disk/", "/v1/voters/2/disks",
                "/v1/voters/0/disk", "/v1/voters/02/disk", "/v1/voters/-2/disk", "/v1/voters/two/disk",
                "/v1/voters/1234567890/disk", "/v1/voters//disk", "/v1/voters/%32/disk")) {
            for (String method : List.of("PUT", "GET")) {
                assertProblem(404, "not-written", "there is nothing here; a voter's disk is /v1/voters/N/disk",
                        ask(method, path, DISK));
            }
        }
        assertEquals(List.of(), port.asked);
    }

    @Test
    @DisplayName("405: a disk is only put, and a page of another origin can send none of the others here either")
    void otherMethods() throws Exception {
        for (String method : List.of("GET", "HEAD", "POST", "DELETE", "PATCH", "OPTIONS")) {
            Response.Whole refused = ask(method, AT_TWO, DISK);
            assertProblem(405, "not-written", "a voter's disk is replaced with PUT", refused);
            assertEquals("PUT", refused.headers().first("Allow"));
        }
        assertEquals(List.of(), port.asked);
    }

    @Test
    @DisplayName("400: the body is one disk id, in the digits in which it is shown")
    void badBody() throws Exception {
        for (String body : List.of(
                "", " ", "disk", DISK.substring(1), DISK + "0", DISK + " " + DISK, DISK.toUpperCase(java.util.Locale.ROOT),
                "\"" + DISK + "\"", "0x" + DISK.substring(2), "-" + DISK.substring(1), DISK + " ".repeat(33))) {
            assertProblem(400, "not-written", "the body is the id of the new disk, 32 hexadecimal digits",
                    ask("PUT", AT_TWO, body));
        }
        assertEquals(List.of(), port.asked);
    }

    @Test
    @DisplayName("200: the node is asked for exactly that, and the answer says which entry settled it")
    void replaced() throws Exception {
        Response.Whole done = ask("PUT", AT_TWO, DISK);

        assertEquals(200, done.status());
        assertEquals("application/json", done.headers().first("Content-Type"));
        assertEquals("{\"node\":2,\"disk\":\"" + DISK + "\",\"index\":41}\n", done.body().utf8());
        Digest disk = new Digest(0x0123456789abcdefL, 0xfedcba9876543210L);
        assertEquals(List.of(new ClientRequest.ReplaceDisk(2, disk)), port.asked);
        assertEquals(DISK, disk.toString());
    }

    @Test
    @DisplayName("the greatest number of a voter, a query, and white space around the id are taken")
    void liberal() throws Exception {
        assertEquals(200, ask("PUT", "/v1/voters/999999999/disk?why=lost", "\n " + DISK + "\r\n").status());
        assertEquals(999_999_999, ((ClientRequest.ReplaceDisk) port.asked.getFirst()).node());
    }

    @Test
    @DisplayName("409 if that disk can never be this voter's, 503 if it was refused for now: nothing was written")
    void refused() throws Exception {
        for (Cause cause : Cause.values()) {
            Response.Whole response = put(new ClientReply.NotWritten(cause, 0));
            if (cause == Cause.BAD_REQUEST) {
                assertProblem(409, "not-written", "voter 2 cannot be given that disk: it leads, or has no disk yet, or is"
                        + " no voter, or the disk is another voter's", response);
            } else {
                assertProblem(503, "not-written", cause.text(), response);
            }
        }
    }

    @Test
    @DisplayName("503 and another word if nobody knows the outcome")
    void unknown() throws Exception {
        for (Cause cause : List.of(Cause.TIMED_OUT, Cause.LEADERSHIP_LOST, Cause.STOPPED)) {
            assertProblem(503, "unknown", "the outcome is unknown, ask again: " + cause.text(),
                    put(new ClientReply.Unknown(cause, 0)));
        }
    }
}
