package holdfast.server.loop;

import holdfast.env.DiskResult;
import holdfast.node.ClientRequest;
import holdfast.node.Node;
import holdfast.node.Packet;
import java.util.function.Consumer;

/// What can arrive at the loop.
sealed interface Input {

    record Message(Packet packet, int bytes) implements Input {}

    /// Of a message that is not whole yet.
    record Arriving(int from) implements Input {}

    record DiskDone(long id, DiskResult result) implements Input {}

    record Request(long id, ClientRequest request) implements Input {}

    /// Somebody wants to look at the node from inside the loop.
    record Look(Consumer<Node> visitor) implements Input {}

    record Stop() implements Input {}

    /// What the loop is busy with meanwhile.
    default String text() {
        return switch (this) {
            case Message message -> "a message of node " + message.packet().sender().id();
            case Arriving arriving -> "bytes of node " + arriving.from();
            case DiskDone _ -> "an answer of the disk";
            case Request _ -> "a request of a client";
            case Look _ -> "a look at the node";
            case Stop _ -> "its end";
        };
    }
}
