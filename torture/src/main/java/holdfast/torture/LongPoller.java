package holdfast.torture;

import holdfast.node.ClientRequest.Level;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.config.HostPort;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A client that follows the streams on the stage by long-polls, each at a node drawn anew.
///
/// A long-poll is a linearizable read of the history: it begins with one, which found nothing beyond its offset, so whatever
/// state it tells of later was reached after it had been asked for.
final class LongPoller implements Runnable {

    static final int POLL_MILLIS = 2_000;

    private static final int CALL_MILLIS_MAX = POLL_MILLIS + 6_000;
    private static final long PAUSE_MILLIS = 100;

    private final int client;
    private final Recorder recorder;
    private final Stage stage;
    private final SplittableRandom random;
    private final Followed followed = new Followed("long-poll");
    private final List<HttpCaller> nodes = new ArrayList<>();
    private volatile boolean stopped;
    private int stream = 1;

    LongPoller(int client, List<HostPort> servers, Recorder recorder, Stage stage, SplittableRandom random) {
        this.client = client;
        this.recorder = recorder;
        this.stage = stage;
        this.random = random;
        for (HostPort server : servers) {
            nodes.add(new HttpCaller(server.resolved()));
        }
    }

    void stop() {
        stopped = true;
    }

    Followed followed() {
        return followed;
    }

    @Override
    public void run() {
        try {
            while (!stopped && !recorder.isRefuted()) {
                if (stream > stage.number() || !poll()) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            nodes.forEach(HttpCaller::close);
        }
    }

    /// Returns whether it was answered.
    private boolean poll() {
        Call.Read call = new Call.Read(
                Stage.name(stream), followed.next(stream), Integer.MAX_VALUE, Level.LINEARIZABLE, Call.NO_SESSION);
        Wording.Sent sent = Wording.sent(call, "");
        int op = recorder.invoked(client, call);
        Called called = nodes.get(random.nextInt(nodes.size()))
                .call(sent.method(), sent.target() + "&live=long-poll", sent.headers(), sent.body(), CALL_MILLIS_MAX);
        Answer answer = Wording.answer(call, called);
        recorder.answered(op, answer);
        if (!(called instanceof Called.Answered told) || !told.isGood()) {
            return false;
        }
        Wording.Page page = Wording.page(told);
        recorder.report(followed.take(stream, page.records(), page.next()));
        if (page.closed() && page.isUpToDate()) {
            stream++;
        }
        return true;
    }
}
