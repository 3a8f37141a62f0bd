package holdfast.sim.check;

import holdfast.node.ClientReply;
import holdfast.node.Replica;
import holdfast.raft.EntryType;
import holdfast.raft.Raft;
import java.util.ArrayList;
import java.util.List;

/// What a node tells beside the outcome is true, too: who has synced a write, that a disk is replaced for good, and that there
/// is no room for another write.
public final class Receipts {

    private static final String NAME = "receipts";

    /// Somebody was told that the entry at this index replaces a disk.
    private record Replaced(int node, long index) {}

    private final DurabilityLedger durability;
    private final CommitLedger committed;
    private final List<Replaced> replaced = new ArrayList<>();

    public Receipts(DurabilityLedger durability, CommitLedger committed) {
        this.durability = durability;
        this.committed = committed;
    }

    public void answered(int node, ClientReply reply, Replica replica) {
        switch (reply) {
            case ClientReply.Applied done -> mustHaveSynced(node, done.receipt(), replica.raft());
            case ClientReply.DiskReplaced done -> replaced.add(new Replaced(node, done.index()));
            case ClientReply.NotWritten refused when refused.cause() == ClientReply.Cause.OVERLOADED ->
                mustHaveMuch(node, replica);
            case ClientReply.NotWritten _, ClientReply.Unknown _, ClientReply.Records _, ClientReply.Tail _,
                    ClientReply.NoSuchStream _, ClientReply.StreamGone _, ClientReply.PastTail _, ClientReply.ReadFailed _,
                    ClientReply.Accepted _ -> {}
        }
    }

    private void mustHaveSynced(int node, ClientReply.Receipt receipt, Raft raft) {
        for (int voter : receipt.syncedBy()) {
            boolean hasSynced = !raft.hasEntry(receipt.index())
                    || durability.holds(raft.membership().member(voter), raft.entry(receipt.index()));
            if (!hasSynced) {
                throw new Violation(NAME, "node " + node + " says that node " + voter + " has synced entry " + receipt.index()
                        + ", and it has not");
            }
        }
    }

    /// Whoever has committed and applied everything that it was given waits for nothing.
    private static void mustHaveMuch(int node, Replica replica) {
        Raft raft = replica.raft();
        if (raft.commitIndex() == raft.last().index() && replica.appliedIndex() == raft.last().index()) {
            throw new Violation(NAME, "node " + node + " refuses a write as one too many, and has applied everything up to "
                    + raft.last().index());
        }
    }

    /// At the end of a turn, when whatever was committed in it has been seen.
    public void compare() {
        for (Replaced one : replaced) {
            boolean isCommitted = one.index() <= committed.lastIndex()
                    && (one.index() == 0 || committed.entry(one.index()).type() == EntryType.CONFIG);
            if (!isCommitted) {
                throw new Violation(NAME, "node " + one.node() + " says that a disk is replaced by entry " + one.index()
                        + ", which is not committed");
            }
        }
        replaced.clear();
    }
}
