package holdfast.sim.check.reference;

import holdfast.Bytes;
import holdfast.node.ClientReply;
import holdfast.sim.check.Violation;
import holdfast.stream.StreamView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a node shows of a stream must be what the committed log made of it: each record at its offset, forks' and their sources'
/// alike; and the stream's end and seal must be those of the moment that the answer names.
public final class ReadRecords {

    private static final String NAME = "read-records";

    /// An answer, perhaps given before its entries were seen committed.
    private record Shown(int node, String stream, StreamView view, long index, long from, List<Bytes> records) {}

    private final AppliedLog applied;
    private final TreeMap<Long, String> asked = new TreeMap<>();
    private final List<Shown> shown = new ArrayList<>();

    public ReadRecords(AppliedLog applied) {
        this.applied = applied;
    }

    public void asked(long requestId, String stream) {
        asked.put(requestId, stream);
    }

    public void answered(int node, long requestId, ClientReply reply) {
        String stream = asked.remove(requestId);
        switch (reply) {
            case ClientReply.Records read when stream != null -> {
                if (read.tail() != read.view().tail() || read.closed() != read.view().closed()) {
                    throw new Violation(NAME, "node " + node + " says that " + stream + " ends at " + read.tail()
                            + (read.closed() ? ", closed" : "") + ", and shows it as " + read.view());
                }
                shown.add(new Shown(node, stream, read.view(), read.index(), read.from(), read.records()));
            }
            case ClientReply.Tail tail when stream != null ->
                    shown.add(new Shown(node, stream, tail.view(), tail.index(), 0, List.of()));
            case ClientReply.Records _, ClientReply.Tail _, ClientReply.Applied _, ClientReply.NotWritten _,
                    ClientReply.Unknown _, ClientReply.NoSuchStream _, ClientReply.StreamGone _, ClientReply.PastTail _,
                    ClientReply.ReadFailed _, ClientReply.Accepted _, ClientReply.DiskReplaced _ -> {}
        }
    }

    /// At the end of a turn, when everything that the answers may tell of has been seen committed.
    public void compare() {
        for (Shown one : shown) {
            compare(one);
        }
        shown.clear();
    }

    private void compare(Shown one) {
        Map.Entry<Long, StreamView> changed = applied.lastChange(one.stream(), one.index());
        StreamView last = changed == null ? null : changed.getValue();
        boolean isThere = last != null
                && last.incarnation() == one.view().incarnation()
                && last.tail() == one.view().tail()
                && last.closed() == one.view().closed()
                && last.digest().equals(one.view().digest());
        if (!isThere) {
            throw new Violation(NAME, "node " + one.node() + " shows " + one.stream() + " after entry " + one.index() + " as "
                    + one.view() + ", and by the log it is " + last);
        }
        for (int i = 0; i < one.records().size(); i++) {
            long offset = one.from() + i;
            Bytes right = offset < last.tail() ? applied.record(last.incarnation(), offset) : null;
            if (right == null || !right.equals(one.records().get(i))) {
                throw new Violation(NAME, "node " + one.node() + " shows another record at offset " + offset + " of "
                        + one.stream() + " than the log has there");
            }
        }
    }
}
