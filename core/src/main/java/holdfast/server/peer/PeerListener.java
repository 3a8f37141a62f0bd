package holdfast.server.peer;

import holdfast.server.Log;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Takes connections from peers and reads them, one thread each. A peer has one on each lane: a newer one replaces an older,
/// which may be the half-open rest of a peer that crashed.
final class PeerListener {

    private static final int READ_BYTES = 64 << 10;

    private final PeerNetwork network;
    private final ServerSocket socket;
    private final Complaints complaints;
    private final Log log;
    private final Map<Line, Socket> heard = new ConcurrentHashMap<>();
    private final Strangers strangers = new Strangers(PeerSettings.STRANGERS_MAX);
    private final Thread thread;
    private volatile boolean closed;

    /// What a peer says on one lane.
    private record Line(int peer, Lane lane) {}

    PeerListener(PeerNetwork network, ServerSocket socket, Complaints complaints, Log log) {
        this.network = network;
        this.socket = socket;
        this.complaints = complaints;
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
        heard.values().forEach(Strangers::hangUp);
        strangers.hangUpAll();
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
                Socket gone = strangers.admit(accepted, network.isPeersAddress(accepted.getInetAddress()));
                if (gone != null) {
                    complaints.tell(Complaint.GAVE_WAY, "a connection from " + gone.getRemoteSocketAddress()
                            + " that had not greeted yet gave way to a newer one");
                }
                Thread.ofPlatform().daemon().name("from-a-peer").start(() -> converse(accepted));
            } catch (IOException trouble) {
                if (!closed) {
                    complaints.tell(Complaint.NOT_ACCEPTED, "cannot take a peer's connection: " + trouble.getMessage());
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
        Line line = null;
        try {
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Hello hello = introduction(accepted);
            if (hello != null && strangers.release(accepted)) {
                line = new Line(hello.from(), hello.lane());
                Thread.currentThread().setName("from-node-" + hello.from());
                admit(line, hello, accepted);
                read(hello, accepted);
            }
        } catch (IOException trouble) {
            log.debug("a peer's connection ended: " + trouble.getMessage());
        } finally {
            strangers.release(accepted);
            Strangers.hangUp(accepted);
            if (line != null && heard.remove(line, accepted)) {
                network.lost(line.peer());
            }
        }
    }

    /// The speaker's greeting, or null if there was none that counts.
    private Hello introduction(Socket accepted) throws IOException {
        TimedInput in = new TimedInput(accepted, PeerSettings.HELLO_MILLIS_MAX);
        Hello.Heard first;
        try {
            first = FirstFrame.read(in);
        } catch (IOException tooLate) {
            complaints.tell(Complaint.NO_GREETING, "no greeting came on a connection from "
                    + accepted.getRemoteSocketAddress() + ": " + tooLate.getMessage());
            throw tooLate;
        }
        switch (first) {
            case Hello.Heard.Said(Hello hello) -> {
                String refusal = network.refusal(hello);
                if (refusal.isEmpty()) {
                    accepted.getOutputStream().write(
                            Frame.of(network.helloTo(hello.from(), hello.lane()).encode()).toArray());
                    return hello;
                }
                refuse(accepted, in, Complaint.REFUSED, refusal);
            }
            case Hello.Heard.Refused _ -> refuse(accepted, in, Complaint.NOT_A_GREETING, "a refusal is no greeting");
            case Hello.Heard.Unreadable(String sentence) -> refuse(accepted, in, Complaint.NOT_A_GREETING, sentence);
        }
        return null;
    }

    /// Says why, and waits a moment for the other side to hang up: closing with words unread would reset the
    /// connection and take the reason with it.
    private void refuse(Socket accepted, TimedInput in, Complaint complaint, String sentence) throws IOException {
        complaints.tell(
                complaint, "refuses a connection from " + accepted.getRemoteSocketAddress() + ": " + sentence);
        accepted.getOutputStream().write(Frame.of(Hello.refusal(sentence)).toArray());
        accepted.shutdownOutput();
        in.readNBytes(READ_BYTES);
    }

    private void admit(Line line, Hello hello, Socket accepted) throws IOException {
        accepted.setSoTimeout(PeerSettings.IDLE_MILLIS_MAX);
        Socket older = heard.put(line, accepted);
        if (older != null) {
            Strangers.hangUp(older);
        }
        if (closed) {
            Strangers.hangUp(accepted);
        }
        network.heard(hello);
    }

    private void read(Hello hello, Socket accepted) throws IOException {
        int peer = hello.from();
        InputStream in = accepted.getInputStream();
        Conversation conversation = new Conversation(network, peer, accepted.getOutputStream());
        byte[] buffer = new byte[READ_BYTES];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            String refusal = network.refusal(hello);
            if (!refusal.isEmpty()) {
                complaints.tell(Complaint.REFUSED, "hangs up on node " + peer + ": " + refusal);
                return;
            }
            Complaint complaint = conversation.take(buffer, count);
            if (complaint != null) {
                complaints.tell(complaint, "hangs up on node " + peer + ", which sent " + conversation.fault());
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
