package holdfast.sim.world;

import holdfast.Bytes;
import holdfast.Probe;
import holdfast.env.DiskOp;
import holdfast.node.ClientReply;

/// What a [Host] tells the world.
interface HostSurroundings {

    Probe probe(int node);

    void send(int from, int to, Bytes packet);

    /// The process is about to act upon a packet that had arrived.
    void taking(int node, int from, long number, Bytes packet);

    void submitted(int node, DiskOp operation);

    void answered(int node, long requestId, ClientReply reply);

    /// The process takes the news that its disk has failed it.
    void toldOfFailure(int node);

    /// A turn is over: effects are performed, invariants must hold.
    void turnEnded(int node);

    /// A turn begins because of time and not because of an input.
    void timerFired(int node);

    void processEnded(int node);

    void halted(int node, int exitCode, String report);
}
