package holdfast.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.stream.Command;
import holdfast.stream.Outcome;
import holdfast.stream.Stamp;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A write and its reply between two nodes.
class ClientCodecTest {

    private static final ClientRequest.Write WRITE = new ClientRequest.Write(new Command.Append(
            "s", List.of(Bytes.utf8("x")), Command.ANY_TAIL, new Command.Producer("p", 1, 2), true));

    private static final List<ClientReply> REPLIES = List.of(
            new ClientReply.Applied(new Outcome.Closed(7), new ClientReply.Receipt(3, 9, List.of(1, 3))),
            new ClientReply.Applied(new Outcome.NoSuchStream(), new ClientReply.Receipt(1, 1, List.of())),
            new ClientReply.NotWritten(ClientReply.Cause.NOT_LEADER, 2),
            new ClientReply.Unknown(ClientReply.Cause.NOT_YET, 0));

    @Test
    @DisplayName("a write arrives as it was sent, and is stamped by who proposes it")
    void write() {
        ClientRequest.Write arrived = ClientCodec.decodeWrite(ClientCodec.encode(WRITE));
        assertEquals(WRITE, arrived);
        assertEquals(Stamp.NONE.at(5), arrived.stampedAt(5).command().stamp());
        assertEquals(0, arrived.stampedAt(-5).command().stamp().millis());
    }

    @Test
    @DisplayName("every reply to a write arrives as it was sent")
    void replies() {
        for (ClientReply reply : REPLIES) {
            assertEquals(reply, ClientCodec.decodeReply(ClientCodec.encode(reply)));
        }
    }

    @Test
    @DisplayName("every cause has its number")
    void causes() {
        for (ClientReply.Cause cause : ClientReply.Cause.values()) {
            ClientReply reply = new ClientReply.NotWritten(cause, 1);
            assertEquals(reply, ClientCodec.decodeReply(ClientCodec.encode(reply)));
        }
    }

    @Test
    @DisplayName("what is cut, longer or of another version is nothing")
    void foreign() {
        Bytes write = ClientCodec.encode(WRITE);
        for (int size = 0; size < write.size(); size++) {
            assertNull(ClientCodec.decodeWrite(write.slice(0, size)));
        }
        assertNull(ClientCodec.decodeWrite(Bytes.utf8("?" + write.utf8())));
        for (ClientReply reply : REPLIES) {
            Bytes bytes = ClientCodec.encode(reply);
            for (int size = 0; size < bytes.size(); size++) {
                assertNull(ClientCodec.decodeReply(bytes.slice(0, size)));
            }
            byte[] longer = new byte[bytes.size() + 1];
            bytes.copyTo(longer, 0);
            assertNull(ClientCodec.decodeReply(Bytes.wrap(longer)));
            longer[0]++;
            assertNull(ClientCodec.decodeReply(Bytes.wrap(longer)));
        }
    }

    @Test
    @DisplayName("one flipped byte makes another reply or none, never another failure")
    void flipped() {
        for (ClientReply reply : REPLIES) {
            byte[] bytes = ClientCodec.encode(reply).toArray();
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] ^= (byte) 0xFF;
                ClientReply other = ClientCodec.decodeReply(Bytes.copyOf(bytes, 0, bytes.length));
                if (other != null) {
                    assertNotNull(ClientCodec.encode(other));
                }
                bytes[at] ^= (byte) 0xFF;
            }
        }
    }

    @Test
    @DisplayName("the reply to a read is no reply to a write")
    void reads() {
        assertThrows(Check.InvariantBroken.class, () -> ClientCodec.encode(new ClientReply.NoSuchStream()));
    }
}
