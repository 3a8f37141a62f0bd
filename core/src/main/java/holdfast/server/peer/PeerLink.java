package holdfast.server.peer;

import holdfast.Bytes;
import holdfast.server.Log;
import holdfast.server.config.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// This node's words to one peer on one lane: a connection of its own in that direction, and one thread that makes it, keeps
/// it and writes. A second one reads the echoes of its pings, notices at once when the peer is gone, and hangs up when the
/// peer has fallen silent ([Pulse]).
final class PeerLink {

    /// What is taken from the queue at once, if it is several frames.
    private static final int BATCH_BYTES = 256 << 10;

    /// What is handed to the kernel at once; that it takes so much is a sign of life.
    private static final int SLICE_BYTES = 64 << 10;

    private static final int LOOK_MILLIS = 50;
    private static final int ECHO_BYTES_MAX = 64;
    private static final int LINES_A_MINUTE = 6;

    private final PeerNetwork network;
    private final int peer;
    private final Lane lane;
    private final HostPort address;
    private final PeerSettings settings;
    private final PeerCounters counters;
    private final Log log;
    private final SendQueue queue;
    private final Semaphore nudges = new Semaphore(0);
    private final Rarely lines = new Rarely(LINES_A_MINUTE, System::nanoTime);
    private final Backoff backoff;
    private final Thread thread;
    private final byte[] slice = new byte[SLICE_BYTES];
    private int sliceBytes;
    private volatile Current current;
    private volatile boolean closed;
    private String lastTrouble = "";

    /// The connection that is being made or used.
    ///
    /// @param session of the peer's process at its other end, or 0 before that has greeted
    private record Current(Socket socket, Pulse pulse, long session) {}

    PeerLink(PeerNetwork network, int peer, Lane lane, PeerSettings settings, PeerCounters counters, Log log) {
        this.network = network;
        this.peer = peer;
        this.lane = lane;
        address = settings.peers().get(peer);
        this.settings = settings;
        this.counters = counters;
        this.log = log;
        queue = new SendQueue(PeerSettings.QUEUE_FRAMES_MAX, lane.queueBytesMax());
        backoff = new Backoff(
                PeerSettings.BACKOFF_MICROS_FIRST, PeerSettings.BACKOFF_MICROS_MAX, new SplittableRandom());
        thread = Thread.ofPlatform().daemon().name("to-node-" + peer + (lane == Lane.BULK ? "-bulk" : ""))
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Never waits. Returns false if the frame was dropped on the spot.
    boolean send(Frame frame) {
        boolean queued = queue.offer(frame);
        if (!queued) {
            counters.dropped(1);
        }
        return queued;
    }

    boolean isConnected() {
        return queue.isOpen();
    }

    /// The peer has just greeted. If it was away, now is the time to try. If its process is another one, or owes an echo by
    /// now, the connection that was made before is dead or as good as that: after a power cut nobody says so.
    void greeted(long session) {
        Current old = current;
        if (!queue.isOpen() || old == null) {
            nudges.release();
        } else if (old.session() != session
                || old.pulse().isInDoubt(System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(settings.electionMillis()))) {
            log.debug("hangs up on node " + peer + ", which has greeted anew");
            nudges.release();
            hangUp(old.socket());
        }
    }

    void close() {
        closed = true;
        counters.dropped(queue.close());
        Current open = current;
        if (open != null) {
            hangUp(open.socket());
        }
        nudges.release();
    }

    private void run() {
        while (!closed) {
            try (Socket made = new Socket()) {
                current = new Current(made, settings.pulse(System.nanoTime()), 0);
                Current greeted = connect(made);
                current = greeted;
                backoff.reset();
                queue.open();
                lastTrouble = "";
                counters.connected();
                tell(log::info, "speaks to node " + peer + " at " + address);
                Thread.ofVirtual().start(() -> listen(greeted));
                if (!closed) {
                    write(made.getOutputStream(), greeted.pulse());
                }
            } catch (IOException trouble) {
                tell(trouble.getMessage());
            } catch (InterruptedException unexpected) {
                return;
            } finally {
                loseConnection();
            }
            pause();
        }
    }

    private Current connect(Socket made) throws IOException {
        InetSocketAddress resolved = address.resolved();
        if (resolved.isUnresolved()) {
            throw new IOException("nobody knows the name " + address.host() + " yet");
        }
        network.expectsFrom(peer, resolved.getAddress());
        made.setOption(StandardSocketOptions.TCP_NODELAY, true);
        made.connect(resolved, settings.connectMillisMax());
        made.getOutputStream().write(Frame.of(network.helloTo(peer, lane).encode()).toArray());
        Hello hello = switch (FirstFrame.read(new TimedInput(made, PeerSettings.HELLO_MILLIS_MAX))) {
            case Hello.Heard.Said(Hello said) -> said;
            case Hello.Heard.Refused(String sentence) -> throw new IOException("refused: " + sentence);
            case Hello.Heard.Unreadable(String sentence) -> throw new IOException(sentence);
        };
        String refusal = network.refusal(hello);
        if (!refusal.isEmpty() || hello.from() != peer) {
            throw new IOException(refusal.isEmpty() ? "node " + hello.from() + " answered there" : refusal);
        }
        return new Current(made, settings.pulse(System.nanoTime()), hello.session());
    }

    // ---- the thread that listens ---------------------------------------------------------------------------

    /// After its greeting a peer says nothing on this connection but echoes. Ends when the connection does, or ends it.
    private void listen(Current connection) {
        try {
            Socket made = connection.socket();
            made.setSoTimeout(LOOK_MILLIS);
            InputStream in = made.getInputStream();
            FrameReader reader = new FrameReader(ECHO_BYTES_MAX);
            byte[] buffer = new byte[ECHO_BYTES_MAX];
            int count = 0;
            while (count >= 0 && reader.take(buffer, 0, count, frame -> hear(frame, connection.pulse()))
                    && !isSilent(connection.pulse())) {
                count = readSome(in, buffer);
            }
        } catch (IOException ended) {
            // What matters is that it has ended.
        }
        hangUp(connection.socket());
        if (current == connection) {
            loseConnection();
        }
    }

    private static int readSome(InputStream in, byte[] buffer) throws IOException {
        try {
            return in.read(buffer);
        } catch (SocketTimeoutException nothing) {
            return 0;
        }
    }

    private static void hear(Bytes frame, Pulse pulse) {
        if (Word.decode(frame) instanceof Word.Echo(long number)) {
            pulse.echoed(number);
        }
    }

    private boolean isSilent(Pulse pulse) {
        boolean isSilent = pulse.isSilent(System.nanoTime());
        if (isSilent) {
            counters.fellSilent();
            tell(log::warn, "hangs up on node " + peer + " at " + address + ", which has fallen silent");
        }
        return isSilent;
    }

    private void loseConnection() {
        boolean wasOpen = queue.isOpen();
        counters.dropped(queue.close());
        if (wasOpen) {
            network.lost(peer);
        }
    }

    // ---- the thread that writes ----------------------------------------------------------------------------

    private void write(OutputStream out, Pulse pulse) throws IOException, InterruptedException {
        List<Frame> frames = new ArrayList<>();
        sliceBytes = 0;
        while (queue.take(frames, BATCH_BYTES, pulse.untilPing(System.nanoTime()))) {
            if (pulse.untilPing(System.nanoTime()) == 0) {
                // It goes first: its echo shall not wait for what comes behind it.
                frames.addFirst(new Word.Ping(pulse.ping(System.nanoTime())).frame());
            }
            long bytes = 0;
            for (Frame frame : frames) {
                put(frame.beginning(), out, pulse);
                put(frame.body(), out, pulse);
                bytes += frame.bytes();
            }
            hand(out, pulse);
            counters.sent(frames.size(), bytes);
            frames.clear();
        }
    }

    /// Fills slices and hands over those that are full.
    private void put(Bytes bytes, OutputStream out, Pulse pulse) throws IOException {
        for (int at = 0; at < bytes.size(); ) {
            int count = Math.min(bytes.size() - at, SLICE_BYTES - sliceBytes);
            bytes.copyTo(at, slice, sliceBytes, count);
            at += count;
            sliceBytes += count;
            if (sliceBytes == SLICE_BYTES) {
                hand(out, pulse);
            }
        }
    }

    private void hand(OutputStream out, Pulse pulse) throws IOException {
        if (sliceBytes > 0) {
            pulse.writing();
            out.write(slice, 0, sliceBytes);
            pulse.wrote(sliceBytes);
            sliceBytes = 0;
        }
    }

    /// A greeting of the peer ends it early.
    private void pause() {
        try {
            if (!closed && nudges.tryAcquire(backoff.next(), TimeUnit.MICROSECONDS)) {
                backoff.reset();
            }
            nudges.drainPermits();
        } catch (InterruptedException unexpected) {
            closed = true;
        }
    }

    /// The same trouble is told once, however often it is met.
    private void tell(String trouble) {
        String said = trouble == null ? "connection failed" : trouble;
        if (!closed && !said.equals(lastTrouble)) {
            lastTrouble = said;
            tell(log::warn, "cannot speak to node " + peer + " at " + address + ": " + said);
        }
    }

    /// What befalls one lane befalls the other: operators hear of the prompt one.
    private void tell(Consumer<String> level, String line) {
        if (lane == Lane.PROMPT) {
            lines.tell(level, line);
        } else {
            log.debug(line + ", in bulk");
        }
    }

    private static void hangUp(Socket socket) {
        Strangers.hangUp(socket);
    }
}
