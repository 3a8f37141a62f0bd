package holdfast.server.loop;

import holdfast.Bytes;
import holdfast.env.Clock;
import holdfast.node.ClientCodec;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.node.MessageCodec;
import holdfast.node.Packet;
import holdfast.raft.Message;
import holdfast.server.peer.PeerNetwork;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Writes that one node passes to the loop of another, and their replies. One hop: whoever is asked answers for
/// itself.
///
/// Numbers start anywhere: the reply to a question of this node's last life must not meet one of this life.
final class Forwarding implements PeerNetwork.Inbound {

    /// How long a question of another node may wait here; the asker has a shorter patience of its own.
    private static final long ASKED_MILLIS_MAX = 60_000;

    /// A snapshot is held whole, as it arrives and once more as it is read. One that needs more than its share of the memory
    /// would end the node; without it the node only stays behind.
    private static final long IMAGE_BYTES_MAX = Runtime.getRuntime().maxMemory() / 4;

    private final NodeLoop loop;
    private final Clock clock;
    private final Answers answers = new Answers(new SecureRandom().nextLong());
    private volatile PeerNetwork network;

    Forwarding(NodeLoop loop, Clock clock) {
        this.loop = loop;
        this.clock = clock;
    }

    /// Loop, network and this need each other; the network comes last.
    void through(PeerNetwork peers) {
        network = peers;
        answers.start();
    }

    ClientReply forward(int node, ClientRequest.Write write, long timeoutMillis) throws InterruptedException {
        CompletableFuture<ClientReply> reply = new CompletableFuture<>();
        long id = answers.await(write, node, timeoutMillis, reply::complete);
        if (id == Answers.NONE) {
            return Answers.refused(write, ClientReply.Cause.OVERLOADED);
        }
        if (!network.ask(node, id, ClientCodec.encode(write))) {
            answers.forget(id);
            return new ClientReply.NotWritten(ClientReply.Cause.NOT_LEADER, 0);
        }
        return await(reply);
    }

    /// Waits without a limit of its own: every promise here is kept in time by [Answers].
    static ClientReply await(CompletableFuture<ClientReply> reply) throws InterruptedException {
        try {
            return reply.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("replies are never failures", impossible);
        }
    }

    /// Read here, on the connection's thread: whatever a peer sends, the loop is handed messages and nothing else.
    @Override
    public boolean packet(int from, Bytes packet) {
        Packet read = MessageCodec.decode(from, packet);
        boolean isBearable = read != null
                && !(read.message() instanceof Message.InstallSnapshot piece && piece.imageBytes() > IMAGE_BYTES_MAX);
        if (isBearable) {
            loop.packet(read, packet.size());
        }
        return isBearable;
    }

    /// What cannot be read is not answered: the asker runs other code, and its timeout is an honest answer. Nobody asks in the
    /// name of another gateway, whose requests would be taken for repetitions then.
    @Override
    public boolean asked(int from, long id, Bytes question) {
        ClientRequest.Write write = ClientCodec.decodeWrite(question);
        int gateway = write == null ? 0 : write.command().stamp().gateway();
        boolean isItsOwn = write != null && (gateway == 0 || gateway == from);
        if (isItsOwn) {
            loop.request(
                    write.stampedAt(clock.wallMillis()), ASKED_MILLIS_MAX,
                    reply -> network.tell(from, id, ClientCodec.encode(reply)));
        }
        return isItsOwn;
    }

    @Override
    public boolean told(int from, long id, Bytes answer) {
        ClientReply reply = ClientCodec.decodeReply(answer);
        if (reply != null) {
            answers.answer(id, from, reply);
        }
        return reply != null;
    }

    @Override
    public void arriving(int from) {
        loop.arriving(from);
    }

    /// Whatever was under way may have arrived or not.
    @Override
    public void lost(int peer) {
        answers.lose(peer, ClientReply.Cause.LEADERSHIP_LOST);
    }
}
