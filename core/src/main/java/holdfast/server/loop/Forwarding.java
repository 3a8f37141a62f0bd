package holdfast.server.loop;

import holdfast.Bytes;
import holdfast.env.Clock;
import holdfast.node.ClientCodec;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.server.peer.PeerNetwork;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Writes that one node passes to the loop of another, and their replies. One hop: whoever is asked answers for
/// itself.
///
/// Numbers start anywhere: the reply to a question of this node's last life must not meet one of this life.
final class Forwarding implements PeerNetwork.Inbound {

    private record Asked(int node, CompletableFuture<ClientReply> reply) {}

    private final NodeLoop loop;
    private final Clock clock;
    private final Map<Long, Asked> asked = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong(new SecureRandom().nextLong());
    private volatile PeerNetwork network;

    Forwarding(NodeLoop loop, Clock clock) {
        this.loop = loop;
        this.clock = clock;
    }

    /// Loop, network and this need each other; the network comes last.
    void through(PeerNetwork peers) {
        network = peers;
    }

    ClientReply forward(int node, ClientRequest.Write write, long timeoutMillis) throws InterruptedException {
        long id = lastId.incrementAndGet();
        CompletableFuture<ClientReply> reply = new CompletableFuture<>();
        asked.put(id, new Asked(node, reply));
        try {
            if (!network.ask(node, id, ClientCodec.encode(write))) {
                return new ClientReply.NotWritten(ClientReply.Cause.NOT_LEADER, 0);
            }
            return reply.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLate) {
            return new ClientReply.Unknown(ClientReply.Cause.TIMED_OUT, 0);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("replies are never failures", impossible);
        } finally {
            asked.remove(id);
        }
    }

    @Override
    public void packet(int from, Bytes packet) {
        loop.packet(from, packet);
    }

    /// What cannot be read is not answered: the asker runs other code, and its timeout is an honest answer.
    @Override
    public void asked(int from, long id, Bytes question) {
        ClientRequest.Write write = ClientCodec.decodeWrite(question);
        if (write != null) {
            loop.request(
                    write.stampedAt(clock.wallMillis()), reply -> network.tell(from, id, ClientCodec.encode(reply)));
        }
    }

    @Override
    public void told(int from, long id, Bytes answer) {
        Asked question = asked.get(id);
        ClientReply reply = ClientCodec.decodeReply(answer);
        if (question != null && question.node() == from && reply != null) {
            question.reply().complete(reply);
        }
    }

    /// Whatever was under way may have arrived or not.
    @Override
    public void lost(int peer) {
        for (Asked question : asked.values()) {
            if (question.node() == peer) {
                question.reply().complete(new ClientReply.Unknown(ClientReply.Cause.LEADERSHIP_LOST, 0));
            }
        }
    }
}
