package holdfast.sim.world;

import holdfast.Bytes;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.node.Replica;
import holdfast.sim.plan.Fault;
import holdfast.sim.plan.FaultWord;

/// Who watches a [World]: the trace, the oracles, the clients. Called from within the event; an oracle that objects
/// throws [holdfast.sim.check.Violation].
public interface WorldObserver {

    /// Node `from` hands a packet to the network. `number` counts the packets of this link from 0, lost ones as well;
    /// `replica` is the sender's state at that moment.
    void sent(int from, int to, long number, Bytes packet, Replica replica);

    /// A packet reaches the process of `to`.
    void delivered(int from, int to, Bytes packet);

    /// The process of `node` is about to act upon a packet that had reached it. `number` is that of [#sent]; `replica` is
    /// the receiver's state before, or null while it recovers.
    void taking(int node, int from, long number, Bytes packet, Replica replica);

    /// The process of `node` asks its disk for something.
    void submitted(int node, DiskOp operation);

    void diskDone(int node, long operation, DiskResult result);

    /// A client's request reaches the process of `node`.
    void asked(int node, long requestId, ClientRequest request);

    void answered(int node, long requestId, ClientReply reply);

    void timerFired(int node);

    /// The process of `node` has finished a turn and goes on. `replica` is null while it recovers.
    void turnEnded(int node, Replica replica);

    /// The process of `node` has begun its life.
    void booted(int node);

    void processEnded(int node);

    void halted(int node, int exitCode, String report);

    /// Something that no process did: a fault, a repair, a decision of the supervisor. `node` is 0 for the whole world.
    void happened(int node, String kind, String text);

    /// The time of a fault of the plan has come.
    void comes(Fault fault);

    /// A fault strikes `node`, which is doing this. A fault of several nodes is told of for each.
    void struck(int node, FaultWord fault, Doing doing);
}
