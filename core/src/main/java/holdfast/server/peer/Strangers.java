package holdfast.server.peer;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;

/// Connections that have not introduced themselves yet: so many and no more, and the oldest gives way. Whoever has something
/// to say has said it long before its turn to go comes.
///
/// Addresses at which peers are looked for have places of their own, so strangers from elsewhere cannot take them.
final class Strangers {

    private final int placesMax;
    private final ArrayDeque<Socket> ofPeers = new ArrayDeque<>();
    private final ArrayDeque<Socket> others = new ArrayDeque<>();

    /// @param placesMax for each of the two
    Strangers(int placesMax) {
        this.placesMax = placesMax;
    }

    /// Takes the connection in; returns the one that had to give way and is hung up, or null.
    synchronized Socket admit(Socket stranger, boolean isPeersAddress) {
        ArrayDeque<Socket> places = isPeersAddress ? ofPeers : others;
        Socket oldest = places.size() >= placesMax ? places.removeFirst() : null;
        places.addLast(stranger);
        if (oldest != null) {
            hangUp(oldest);
        }
        return oldest;
    }

    /// Returns false if the connection had to give way before.
    synchronized boolean release(Socket stranger) {
        return ofPeers.remove(stranger) || others.remove(stranger);
    }

    synchronized void hangUpAll() {
        ofPeers.forEach(Strangers::hangUp);
        others.forEach(Strangers::hangUp);
    }

    static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is gone either way.
        }
    }
}
