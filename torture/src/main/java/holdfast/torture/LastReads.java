package holdfast.torture;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.config.HostPort;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// When all is calm: every stream is read to its end through every node, so that nothing is left open for the
/// checker, and the nodes' own digests of it are compared.
final class LastReads {

    private static final int CALL_MILLIS_MAX = 6_000;
    private static final int ATTEMPTS_MAX = 20;
    private static final long PAUSE_MILLIS = 250;

    private final Recorder recorder;
    private final int client;
    private final TreeMap<Integer, List<Bytes>> contents = new TreeMap<>();

    LastReads(Recorder recorder, int client) {
        this.recorder = recorder;
        this.client = client;
    }

    /// Returns what is wrong besides the history, or an empty text.
    String readAll(int streams, int aside, List<HostPort> servers) throws InterruptedException {
        String wrong = "";
        for (int stream = 1; stream <= streams && wrong.isEmpty(); stream++) {
            List<Bytes> seen = new ArrayList<>();
            wrong = read(Stage.name(stream), servers, seen);
            contents.put(stream, seen);
        }
        for (int stream = 1; stream <= aside && wrong.isEmpty(); stream++) {
            wrong = read(Aside.name(stream), servers, new ArrayList<>());
        }
        return wrong;
    }

    /// What the streams on the stage hold, by their numbers.
    Map<Integer, List<Bytes>> contents() {
        return contents;
    }

    /// Through every node. `seen` takes what the last one shows.
    private String read(String name, List<HostPort> servers, List<Bytes> seen) throws InterruptedException {
        Set<String> digests = new TreeSet<>();
        for (HostPort server : servers) {
            try (HttpCaller node = new HttpCaller(server.resolved())) {
                seen.clear();
                if (!read(node, name, seen)) {
                    return "stream " + name + " could not be read at " + server + " after all faults had ended";
                }
                digests.add(digest(node, name));
            }
        }
        return digests.size() > 1 ? "the nodes differ in the digest of stream " + name + ": " + digests : "";
    }

    private boolean read(HttpCaller node, String name, List<Bytes> seen) throws InterruptedException {
        Call.Read call = new Call.Read(name, 0, Integer.MAX_VALUE, Level.LINEARIZABLE, Call.NO_SESSION);
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            int op = recorder.invoked(client, call);
            PagedRead paged = new PagedRead(node, CALL_MILLIS_MAX);
            Answer answer = paged.read(call, "");
            recorder.answered(op, answer);
            recorder.report(paged.contradiction());
            if (answer instanceof Answer.Records records) {
                seen.addAll(records.records());
                return true;
            }
            if (answer instanceof Answer.NoSuchStream) {
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
