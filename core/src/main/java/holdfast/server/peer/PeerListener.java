package holdfast.server.peer;

import holdfast.server.Log;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Takes connections from peers and reads them, one thread each. A peer has one: a newer one replaces an older,
/// which may be the half-open rest of a peer that crashed.
final class PeerListener {

    private static final int READ_BYTES = 64 << 10;

    /// Connections that have not introduced themselves yet.
    private static final int STRANGERS_MAX = 32;

    private final PeerNetwork network;
    private final PeerSettings settings;
    private final ServerSocket socket;
    private final Log log;
    private final Map<Integer, Socket> heard = new ConcurrentHashMap<>();
    private final Set<Socket> strangers = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    PeerListener(PeerNetwork network, PeerSettings settings, ServerSocket socket, Log log) {
        this.network = network;
        this.settings = settings;
        this.socket = socket;
        this.log = log;
        thread = Thread.ofPlatform().daemon().name("peers").unstarted(this::accept);
    }

    void start() {
        thread.start();
    }

    /// Afterwards the port is free: the kernel keeps it until nobody waits at it any more.
    void close() {
        closed = true;
        closeQuietly(socket);
        awaitEnd();
        heard.values().forEach(PeerListener::closeQuietly);
        strangers.forEach(PeerListener::closeQuietly);
    }

    private void awaitEnd() {
        try {
            thread.join(PeerSettings.HELLO_MILLIS_MAX);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket accepted = socket.accept();
                if (closed || strangers.size() >= STRANGERS_MAX) {
                    closeQuietly(accepted);
                    continue;
                }
                strangers.add(accepted);
                Thread.ofPlatform().daemon().name("from-a-peer").start(() -> converse(accepted));
            } catch (IOException trouble) {
                if (!closed) {
                    log.warn("cannot take a peer's connection: " + trouble.getMessage());
                    sleepABit();
                }
            }
        }
    }

    /// Out of descriptors, most likely: trying again at once would only burn the processor.
    private static void sleepABit() {
        try {
            Thread.sleep(PeerSettings.BACKOFF_MICROS_MAX / 1_000);
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
    }

    private void converse(Socket accepted) {
        int peer = 0;
        try {
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            accepted.setSoTimeout(PeerSettings.HELLO_MILLIS_MAX);
            Hello hello = greet(accepted);
            if (hello != null) {
                peer = hello.from();
                Thread.currentThread().setName("from-node-" + peer);
                admit(hello, accepted);
                read(hello, accepted.getInputStream());
            }
        } catch (IOException trouble) {
            log.debug("a peer's connection ended: " + trouble.getMessage());
        } finally {
            strangers.remove(accepted);
            closeQuietly(accepted);
            if (heard.remove(peer, accepted)) {
                network.lost(peer);
            }
        }
    }

    /// The speaker, or null if it has been refused.
    private Hello greet(Socket accepted) throws IOException {
        switch (FirstFrame.read(accepted.getInputStream())) {
            case Hello.Heard.Said(Hello hello) -> {
                String refusal = network.refusal(hello);
                if (refusal.isEmpty()) {
                    accepted.getOutputStream().write(Frames.of(network.helloTo(hello.from()).encode()));
                    return hello;
                }
                refuse(accepted, refusal);
            }
            case Hello.Heard.Refused _ -> {}
            case Hello.Heard.Unreadable(String sentence) -> refuse(accepted, sentence);
        }
        return null;
    }

    /// Says why, and waits a moment for the other side to hang up: closing with words unread would reset the
    /// connection and take the reason with it.
    private void refuse(Socket accepted, String sentence) throws IOException {
        log.warn("refuses a connection from " + accepted.getRemoteSocketAddress() + ": " + sentence);
        accepted.getOutputStream().write(Frames.of(Hello.refusal(sentence)));
        accepted.shutdownOutput();
        accepted.getInputStream().readNBytes(READ_BYTES);
    }

    private void admit(Hello hello, Socket accepted) throws IOException {
        accepted.setSoTimeout(0);
        strangers.remove(accepted);
        Socket older = heard.put(hello.from(), accepted);
        if (older != null) {
            closeQuietly(older);
        }
        if (closed) {
            closeQuietly(accepted);
        }
        network.heard(hello);
    }

    private void read(Hello hello, InputStream in) throws IOException {
        int peer = hello.from();
        FrameReader reader = new FrameReader(PeerSettings.FRAME_BYTES_MAX);
        byte[] buffer = new byte[READ_BYTES];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            String refusal = network.refusal(hello);
            if (!refusal.isEmpty()) {
                log.warn("hangs up on node " + peer + ": " + refusal);
                return;
            }
            if (!reader.take(buffer, 0, count, packet -> network.received(peer, packet))) {
                log.warn("hangs up on node " + peer + ", which sent " + reader.damage());
                return;
            }
        }
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception ignored) {
            // It is gone either way.
        }
    }
}
