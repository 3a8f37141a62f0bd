package holdfast.server.peer;

import holdfast.Bytes;
import holdfast.server.Log;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// This node's words to one peer: a connection of its own in that direction, and one thread that makes it, keeps
/// it and writes. A second, sleeping thread reads where nothing comes, to notice at once when the peer is gone.
final class PeerLink {

    private static final int BATCH_BYTES = 256 << 10;

    private final PeerNetwork network;
    private final int peer;
    private final InetSocketAddress address;
    private final PeerSettings settings;
    private final PeerCounters counters;
    private final Log log;
    private final SendQueue queue = new SendQueue(PeerSettings.QUEUE_FRAMES_MAX, PeerSettings.QUEUE_BYTES_MAX);
    private final Semaphore nudges = new Semaphore(0);
    private final Backoff backoff;
    private final Thread thread;
    private byte[] batch = new byte[BATCH_BYTES];
    private volatile Socket socket;
    private volatile long writingSince;
    private volatile boolean closed;
    private String lastTrouble = "";

    PeerLink(
            PeerNetwork network,
            int peer,
            InetSocketAddress address,
            PeerSettings settings,
            PeerCounters counters,
            Log log) {
        this.network = network;
        this.peer = peer;
        this.address = address;
        this.settings = settings;
        this.counters = counters;
        this.log = log;
        backoff = new Backoff(
                PeerSettings.BACKOFF_MICROS_FIRST, PeerSettings.BACKOFF_MICROS_MAX, new SplittableRandom());
        thread = Thread.ofPlatform().daemon().name("to-node-" + peer).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Never waits. Returns false if the frame was dropped on the spot.
    boolean send(Bytes frame) {
        boolean queued = queue.offer(frame);
        if (!queued) {
            counters.dropped(1);
            hangUpIfStuck();
        }
        return queued;
    }

    private void hangUpIfStuck() {
        long since = writingSince;
        Socket stuck = socket;
        if (since != 0 && stuck != null && System.nanoTime() - since > PeerSettings.WRITE_NANOS_MAX) {
            hangUp(stuck);
        }
    }

    boolean isConnected() {
        return queue.isOpen();
    }

    /// The peer has just been heard: if it was away, now is the time to try.
    void nudge() {
        if (!queue.isOpen()) {
            nudges.release();
        }
    }

    void close() {
        closed = true;
        counters.dropped(queue.close());
        Socket open = socket;
        if (open != null) {
            hangUp(open);
        }
        nudges.release();
    }

    private void run() {
        while (!closed) {
            try (Socket made = new Socket()) {
                socket = made;
                connect(made);
                Thread.ofVirtual().start(() -> noticeEnd(made));
                backoff.reset();
                queue.open();
                lastTrouble = "";
                counters.connected();
                log.info("speaks to node " + peer + " at " + address);
                write(made.getOutputStream());
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

    private void connect(Socket made) throws IOException {
        made.setOption(StandardSocketOptions.TCP_NODELAY, true);
        made.connect(address, PeerSettings.CONNECT_MILLIS_MAX);
        made.setSoTimeout(PeerSettings.HELLO_MILLIS_MAX);
        made.getOutputStream().write(Frames.of(network.helloTo(peer).encode()));
        switch (FirstFrame.read(made.getInputStream())) {
            case Hello.Heard.Said(Hello hello) -> {
                String refusal = network.refusal(hello);
                if (!refusal.isEmpty() || hello.from() != peer) {
                    throw new IOException(refusal.isEmpty() ? "node " + hello.from() + " answered there" : refusal);
                }
            }
            case Hello.Heard.Refused(String sentence) -> throw new IOException("refused: " + sentence);
            case Hello.Heard.Unreadable(String sentence) -> throw new IOException(sentence);
        }
        made.setSoTimeout(0);
    }

    /// A peer says nothing on this connection after its greeting; reading ends when the connection does.
    private void noticeEnd(Socket made) {
        try {
            while (made.getInputStream().read() >= 0) {
                // Not expected, and not of interest.
            }
        } catch (IOException ended) {
            // What matters is that it has ended.
        }
        hangUp(made);
        if (socket == made) {
            loseConnection();
        }
    }

    private void loseConnection() {
        boolean wasOpen = queue.isOpen();
        counters.dropped(queue.close());
        if (wasOpen) {
            network.lost(peer);
        }
    }

    private void write(OutputStream out) throws IOException, InterruptedException {
        List<Bytes> frames = new ArrayList<>();
        while (queue.take(frames, BATCH_BYTES)) {
            int bytes = 0;
            for (Bytes frame : frames) {
                bytes += Frames.sizeOf(frame);
            }
            if (batch.length < bytes) {
                batch = new byte[bytes];
            }
            ByteBuffer target = ByteBuffer.wrap(batch);
            for (Bytes frame : frames) {
                Frames.put(target, frame);
            }
            writingSince = System.nanoTime();
            out.write(batch, 0, bytes);
            writingSince = 0;
            counters.sent(frames.size(), bytes);
            frames.clear();
            if (batch.length > BATCH_BYTES) {
                batch = new byte[BATCH_BYTES];
            }
        }
        writingSince = 0;
    }

    private void pause() {
        nudges.drainPermits();
        try {
            if (!closed && nudges.tryAcquire(backoff.next(), TimeUnit.MICROSECONDS)) {
                backoff.reset();
            }
        } catch (InterruptedException unexpected) {
            closed = true;
        }
    }

    /// The same trouble is told once, however often it is met.
    private void tell(String trouble) {
        String said = trouble == null ? "connection failed" : trouble;
        if (!closed && !said.equals(lastTrouble)) {
            lastTrouble = said;
            log.warn("cannot speak to node " + peer + " at " + address + ": " + said);
        }
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is gone either way.
        }
    }
}
