package holdfast.server.peer;

import holdfast.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// What a peer that has greeted says on one connection: from bytes to words, pings echoed, the rest handed on. The first
/// word that says nothing ends it.
final class Conversation {

    private final PeerNetwork network;
    private final int peer;
    private final OutputStream echoes;
    private final FrameReader reader = new FrameReader(PeerSettings.FRAME_BYTES_MAX);
    private final SignsOfLife signs = new SignsOfLife();
    private String fault = "";

    Conversation(PeerNetwork network, int peer, OutputStream echoes) {
        this.network = network;
        this.peer = peer;
        this.echoes = echoes;
    }

    /// Takes the first `count` bytes. Returns what is wrong with them, or null; [#fault] says it in words.
    Complaint take(byte[] source, int count) throws IOException {
        boolean isWhole;
        try {
            isWhole = reader.take(source, 0, count, this::word);
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
        if (!isWhole) {
            fault = reader.damage();
            return Complaint.BROKEN_FRAME;
        }
        if (!fault.isEmpty()) {
            return Complaint.NO_MESSAGE;
        }
        if (signs.isDue(System.nanoTime(), reader.begun(), reader.unfinishedBytes())) {
            network.arriving(peer);
        }
        return null;
    }

    String fault() {
        return fault;
    }

    private void word(Bytes frame) {
        Word word = Word.decode(frame);
        if (word instanceof Word.Ping(long number)) {
            echo(number);
        } else if (fault.isEmpty() && !network.received(peer, word, frame.size())) {
            fault = "a frame of " + frame.size() + " bytes that says nothing";
        }
    }

    private void echo(long number) {
        try {
            echoes.write(new Word.Echo(number).frame().toArray());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
