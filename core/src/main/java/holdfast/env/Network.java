package holdfast.env;

import holdfast.Bytes;

/// Messages to peers. Sending never fails visibly: a packet may be lost, late, doubled or out of order.
public interface Network {

    /// Sends one packet to node `to`. Integrity is the implementation's part (a checksummed frame).
    void send(int to, Bytes packet);
}
