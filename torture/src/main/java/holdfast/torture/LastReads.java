package holdfast.torture;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.config.HostPort;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// When all is calm: every stream is read to its end through every node, so that nothing is left open for the
/// checker, and the nodes' own digests of it are compared.
final class LastReads {

    private static final int CALL_MILLIS_MAX = 6_000;
    private static final int ATTEMPTS_MAX = 20;
    private static final long PAUSE_MILLIS = 250;

    private final Recorder recorder;
    private final int client;

    LastReads(Recorder recorder, int client) {
        this.recorder = recorder;
        this.client = client;
    }

    /// Returns what is wrong besides the history, or an empty text.
    String readAll(int streams, List<HostPort> servers) throws InterruptedException {
        for (int stream = 1; stream <= streams; stream++) {
            String name = Stage.name(stream);
            Set<String> digests = new TreeSet<>();
            for (HostPort server : servers) {
                try (HttpCaller node = new HttpCaller(server.resolved())) {
                    if (!read(node, name)) {
                        return "stream " + name + " could not be read at " + server + " after all faults had ended";
                    }
                    digests.add(digest(node, name));
                }
            }
            if (digests.size() > 1) {
                return "the nodes differ in the digest of stream " + name + ": " + digests;
            }
        }
        return "";
    }

    private boolean read(HttpCaller node, String name) throws InterruptedException {
        Call.Read call = new Call.Read(name, 0, Integer.MAX_VALUE, Level.LINEARIZABLE, Call.NO_SESSION);
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            int op = recorder.invoked(client, call);
            PagedRead paged = new PagedRead(node, CALL_MILLIS_MAX);
            Answer answer = paged.read(call, "");
            recorder.answered(op, answer);
            recorder.report(paged.contradiction());
            if (answer instanceof Answer.Records || answer instanceof Answer.NoSuchStream) {
                return true;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return false;
    }

    private static String digest(HttpCaller node, String name) {
        Wording.Sent sent = Wording.sent(new Call.Tail(name, Level.LINEARIZABLE, Call.NO_SESSION), "");
        return node.call("HEAD", sent.target(), sent.headers(), Bytes.EMPTY, CALL_MILLIS_MAX)
                instanceof Called.Answered answer ? answer.header("Holdfast-Digest") : "no answer";
    }
}
