package holdfast.server.ops;

import holdfast.Digest;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.server.http.PlainProblem;
import holdfast.server.http.Request;
import holdfast.server.http.Response;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `PUT /v1/voters/N/disk` with a disk id, 32 hexadecimal digits, as its body: the disk of voter N is lost, and that one takes
/// its place. Only the leader does it, and only a majority of all voters without N settles it; the answer waits for that. To
/// ask again is safe.
///
/// It is a PUT because no page of another origin can make a browser send one here: these pages allow no other origin.
final class VoterDisk {

    static final String MOUNT = "/v1/voters/";

    private static final Pattern PATH = Pattern.compile("/v1/voters/([1-9][0-9]{0,8})/disk");
    private static final Pattern DISK = Pattern.compile("[0-9a-f]{32}");
    private static final long TIMEOUT_MILLIS = 10_000;
    private static final int DIGEST_DIGITS = 16;
    private static final int HEX = 16;
    private static final int BODY_BYTES_MAX = 64;

    private final Observed observed;

    VoterDisk(Observed observed) {
        this.observed = observed;
    }

    Response handle(Request request) throws InterruptedException {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return PlainProblem.notWritten(404, "there is nothing here; a voter's disk is /v1/voters/N/disk");
        }
        if (!request.method().equals("PUT")) {
            Response.Whole refusal = PlainProblem.notWritten(405, "a voter's disk is replaced with PUT");
            refusal.headers().add("Allow", "PUT");
            return refusal;
        }
        String disk = request.body().size() > BODY_BYTES_MAX ? "" : request.body().utf8().strip();
        if (!DISK.matcher(disk).matches()) {
            return PlainProblem.notWritten(400, "the body is the id of the new disk, 32 hexadecimal digits");
        }
        int node = Integer.parseInt(path.group(1));
        Digest id = new Digest(
                Long.parseUnsignedLong(disk.substring(0, DIGEST_DIGITS), HEX),
                Long.parseUnsignedLong(disk.substring(DIGEST_DIGITS), HEX));
        return response(node, disk, observed.door().ask(new ClientRequest.ReplaceDisk(node, id), TIMEOUT_MILLIS));
    }

    private static Response response(int node, String disk, ClientReply reply) {
        return switch (reply) {
            case ClientReply.DiskReplaced done -> OpsHandler.json(new JsonText().open()
                    .put("node", node).put("disk", disk).put("index", done.index()).close() + "\n");
            case ClientReply.NotWritten refused -> refused(node, refused);
            case ClientReply.Unknown unknown -> PlainProblem.unknown(503, "the outcome is unknown, ask again: "
                    + unknown.cause().text());
            case ClientReply other -> throw new IllegalStateException("no answer to a replacement: " + other);
        };
    }

    private static Response refused(int node, ClientReply.NotWritten refused) {
        return switch (refused.cause()) {
            case BAD_REQUEST -> PlainProblem.notWritten(409, "voter " + node + " cannot be given that disk: it leads, or has no"
                    + " disk yet, or is no voter, or the disk is another voter's");
            case NOT_LEADER -> PlainProblem.notWritten(503, refused.leaderHint() == 0
                    ? refused.cause().text()
                    : "node " + refused.leaderHint() + " leads: ask there");
            case LEADERSHIP_LOST, OVERLOADED, TRANSFERRING, TOO_LARGE, TIMED_OUT, NOT_YET, STARTING, STOPPED,
                    FORMING, CHANGING, NO_SPACE, DAMAGED -> PlainProblem.notWritten(503, refused.cause().text());
        };
    }
}
