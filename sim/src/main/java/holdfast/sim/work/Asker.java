package holdfast.sim.work;

import holdfast.node.ClientReply;

/// Who waits at a [Desk] for the answers to its requests.
interface Asker {

    /// Keys the way of what it asks: its own in its universe.
    int id();

    void onReply(long request, ClientReply reply);

    /// Nobody listened there, so nothing can have happened.
    void onRefused(long request);
}
