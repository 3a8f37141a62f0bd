package holdfast.sim.check;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import java.util.TreeMap;

/// A linearizable read takes effect after everything that was committed, by whomever, before it was asked (thesis §6.4). The
/// history alone shows a stale read only if somebody has written to that very stream in between; here every commit counts.
public final class FreshReads {

    private final CommitLedger committed;
    private final TreeMap<Long, Long> leastIndex = new TreeMap<>();

    public FreshReads(CommitLedger committed) {
        this.committed = committed;
    }

    public void asked(long requestId, ClientRequest request) {
        if (level(request) == ClientRequest.Level.LINEARIZABLE) {
            leastIndex.put(requestId, committed.lastIndex());
        }
    }

    /// What a read asks for; null if the request is none.
    static ClientRequest.Level level(ClientRequest request) {
        return switch (request) {
            case ClientRequest.Read read -> read.level();
            case ClientRequest.Tail tail -> tail.level();
            case ClientRequest.Write _, ClientRequest.TransferLeadership _, ClientRequest.ReplaceDisk _ -> null;
        };
    }

    /// @param appliedIndex of the node that answers, at this moment
    public void answered(int node, long requestId, ClientReply reply, long appliedIndex) {
        Long least = leastIndex.remove(requestId);
        if (least == null) {
            return;
        }
        long served = switch (reply) {
            case ClientReply.Records records -> records.index();
            case ClientReply.Tail tail -> tail.index();
            case ClientReply.NoSuchStream _, ClientReply.StreamGone _, ClientReply.PastTail _ -> appliedIndex;
            case ClientReply.Applied _, ClientReply.NotWritten _, ClientReply.Unknown _, ClientReply.ReadFailed _,
                    ClientReply.Accepted _, ClientReply.DiskReplaced _ -> Long.MAX_VALUE;
        };
        if (served < least) {
            throw new Violation("fresh-reads", "node " + node + " answers a read from what it had applied up to index " + served
                    + ", and " + least + " was committed before the read was asked");
        }
    }
}
