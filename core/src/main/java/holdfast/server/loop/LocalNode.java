package holdfast.server.loop;

import holdfast.env.Clock;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.server.NodePort;
import holdfast.server.peer.PeerNetwork;
import java.util.concurrent.CompletableFuture;

/// [NodePort] for the node of this process.
public final class LocalNode implements NodePort {

    private final NodeLoop loop;
    private final Clock clock;
    private final Forwarding forwarding;

    public LocalNode(NodeLoop loop, Clock clock) {
        this.loop = loop;
        this.clock = clock;
        forwarding = new Forwarding(loop, clock);
    }

    /// Who takes in what peers say.
    public PeerNetwork.Inbound inbound() {
        return forwarding;
    }

    /// To be called once, before the network starts.
    public void speaksThrough(PeerNetwork network) {
        forwarding.through(network);
    }

    @Override
    public ClientReply ask(ClientRequest request, long timeoutMillis) throws InterruptedException {
        ClientRequest asked = switch (request) {
            case ClientRequest.Write write -> write.stampedAt(clock.wallMillis());
            case ClientRequest.Read _, ClientRequest.Tail _, ClientRequest.TransferLeadership _,
                    ClientRequest.ReplaceDisk _ -> request;
        };
        CompletableFuture<ClientReply> reply = new CompletableFuture<>();
        loop.request(asked, timeoutMillis, reply::complete);
        return Forwarding.await(reply);
    }

    @Override
    public ClientReply forward(int node, ClientRequest.Write write, long timeoutMillis) throws InterruptedException {
        return forwarding.forward(node, write, timeoutMillis);
    }

    @Override
    public Status status() {
        return loop.status();
    }

    @Override
    public Status awaitLeader(long staleTerm, long timeoutMillis) throws InterruptedException {
        return loop.board().awaitLeader(staleTerm, timeoutMillis);
    }

    @Override
    public Watch watch(String stream) {
        return loop.watches().watch(stream);
    }

    @Override
    public long wallMillis() {
        return clock.wallMillis();
    }
}
