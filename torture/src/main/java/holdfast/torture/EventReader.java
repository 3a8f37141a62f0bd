package holdfast.torture;

import holdfast.Bytes;
import holdfast.server.client.JsonFields;
import holdfast.server.config.HostPort;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/// A client that follows the streams on the stage by event streams. It hangs up after a while, or is hung up on, and goes on
/// at another node, half of the time as a browser does, by Last-Event-ID.
final class EventReader implements Runnable {

    private static final int WAIT_MILLIS_MAX = 3_000;
    private static final int STAY_MILLIS_MAX = 8_000;
    private static final long PAUSE_MILLIS = 100;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int GOOD = 200;
    private static final int BAD_REQUEST = 400;

    private final List<HostPort> servers;
    private final Recorder recorder;
    private final Stage stage;
    private final SplittableRandom random;
    private final Followed followed = new Followed("event stream");
    private volatile boolean stopped;
    private int stream = 1;

    EventReader(List<HostPort> servers, Recorder recorder, Stage stage, SplittableRandom random) {
        this.servers = servers;
        this.recorder = recorder;
        this.stage = stage;
        this.random = random;
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
            while (!isOver()) {
                if (stream <= stage.number()) {
                    follow(servers.get(random.nextInt(servers.size())));
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOver() {
        return stopped || recorder.isRefuted();
    }

    private void follow(HostPort server) {
        String next = Wording.offset(followed.next(stream));
        boolean isBrowser = random.nextBoolean();
        String target = "/v1/stream/" + Stage.name(stream) + "?live=sse&offset=" + (isBrowser ? "-1" : next);
        long end = System.nanoTime() + random.nextInt(STAY_MILLIS_MAX) * NANOS_PER_MILLI;
        try (EventSource source =
                new EventSource(server, target, isBrowser ? "Last-Event-ID: " + next + "\r\n" : "", WAIT_MILLIS_MAX)) {
            if (source.status() == BAD_REQUEST) {
                recorder.report("node " + server + " refuses an event stream of " + Stage.name(stream) + " at offset " + next
                        + ", up to which another node has shown it");
            }
            if (source.status() != GOOD) {
                return;
            }
            int before = stream;
            for (EventSource.Event event = source.next();
                    event != null && stream == before && !isOver() && System.nanoTime() < end;
                    event = source.next()) {
                take(event);
            }
        } catch (IOException hungUp) {
            // The next node goes on where this one stopped.
        }
    }

    private void take(EventSource.Event event) {
        if (event.name().equals("data")) {
            recorder.report(followed.take(stream, Wording.elements(Bytes.utf8(event.data())), Wording.number(event.id())));
        } else if (event.name().equals("control")) {
            long next = Wording.number(JsonFields.text(event.data(), "streamNextOffset"));
            recorder.report(followed.take(stream, List.of(), next));
            if (event.data().contains("\"streamClosed\":true")) {
                stream++;
            }
        }
    }
}
