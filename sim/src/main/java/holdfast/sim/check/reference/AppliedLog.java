package holdfast.sim.check.reference;

import holdfast.Bytes;
import holdfast.node.ClientReply;
import holdfast.node.Replica;
import holdfast.raft.EntryType;
import holdfast.raft.LogEntry;
import holdfast.sim.check.CommitLedger;
import holdfast.sim.check.NodeOracle;
import holdfast.sim.check.Violation;
import holdfast.stream.Command;
import holdfast.stream.CommandCodec;
import holdfast.stream.Extent;
import holdfast.stream.Outcome;
import holdfast.stream.ProducerBounds;
import holdfast.stream.StreamMachine;
import holdfast.stream.StreamView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A [ReferenceMachine] beside the cluster: what every command has to do is known as soon as it is committed. Whatever a node
/// answers, and what its machine holds of the stream that it has changed last, must be that; at rest, all of it.
public final class AppliedLog implements NodeOracle {

    private static final String NAME = "reference-machine";

    /// What the command at an index did, and how its stream stood then; null for entries without a command.
    private record Step(String stream, Outcome outcome, StreamView view) {}

    /// Somebody was told of a write, perhaps before this oracle has seen it committed.
    ///
    /// @param hasEnded whether the process that told it ended in that very turn: another node shows the commit, later
    private record Told(int node, ClientReply.Applied reply, boolean hasEnded) {

        long index() {
            return reply.receipt().index();
        }
    }

    private final CommitLedger ledger;
    private final ReferenceMachine reference;
    private final List<Step> steps = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    /// By name: how the stream stood after each entry that changed it.
    private final TreeMap<String, TreeMap<Long, StreamView>> changes = new TreeMap<>();
    private final long[] seen;

    public AppliedLog(CommitLedger ledger, int nodes, ProducerBounds bounds) {
        this.ledger = ledger;
        reference = new ReferenceMachine(bounds);
        seen = new long[nodes + 1];
    }

    private void follow() {
        while (steps.size() < ledger.lastIndex()) {
            LogEntry entry = ledger.entry(steps.size() + 1L);
            if (entry.type() == EntryType.COMMAND) {
                Command command = CommandCodec.decode(entry.payload());
                Outcome outcome = reference.apply(entry.index(), entry.term(), command);
                Step step = new Step(command.stream(), outcome, reference.view(command.stream()));
                steps.add(step);
                changes.computeIfAbsent(step.stream(), _ -> new TreeMap<>()).put(entry.index(), step.view());
            } else {
                steps.add(null);
            }
        }
    }

    /// How the stream stood after the last entry up to `index` that named it; null if none has. It may have expired since.
    Map.Entry<Long, StreamView> lastChange(String stream, long index) {
        follow();
        TreeMap<Long, StreamView> ofStream = changes.get(stream);
        return ofStream == null ? null : ofStream.floorEntry(index);
    }

    /// The record at this offset of a stream that was made by the entry `incarnation`.
    Bytes record(long incarnation, long offset) {
        return reference.record(incarnation, offset);
    }

    /// A node says that a write was applied; compared at the end of its turn.
    public void answered(int node, ClientReply.Applied reply) {
        told.add(new Told(node, reply, false));
    }

    private void compareTold() {
        told.removeIf(one -> (!one.hasEnded() || one.index() <= steps.size()) && isTrue(one));
    }

    private boolean isTrue(Told one) {
        Step step = one.index() >= 1 && one.index() <= steps.size() ? steps.get((int) one.index() - 1) : null;
        if (step == null || !step.outcome().equals(one.reply().outcome())) {
            throw new Violation(NAME, "node " + one.node() + " answers that entry " + one.index() + " did "
                    + one.reply().outcome() + ", and it "
                    + (step == null ? "is no committed command" : "did " + step.outcome()));
        }
        return true;
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        long applied = replica.appliedIndex();
        if (applied == seen[node] && told.isEmpty()) {
            return;
        }
        seen[node] = applied;
        follow();
        compareTold();
        Step step = applied >= 1 && applied <= steps.size() ? steps.get((int) applied - 1) : null;
        if (step != null) {
            compare(node, applied, step.stream(), step.view(), replica.machine().view(step.stream()));
        }
    }

    private static void compare(int node, long index, String stream, StreamView expected, StreamView found) {
        if (!Objects.equals(expected, found)) {
            throw new Violation(NAME, "node " + node + " holds " + stream + " after entry " + index + " as " + found
                    + ", and by the log it is " + expected);
        }
    }

    /// At rest, when the node has applied everything: every stream, and where each of its records is.
    public void compareWhole(int node, Replica replica) {
        follow();
        told.forEach(this::isTrue);
        if (replica.appliedIndex() != steps.size()) {
            return;
        }
        StreamMachine machine = replica.machine();
        for (String name : reference.names()) {
            compare(node, steps.size(), name, reference.view(name), machine.view(name));
            List<Long> found = new ArrayList<>();
            for (Extent extent : machine.extents(name, 0, Integer.MAX_VALUE)) {
                for (int i = 0; i < extent.count(); i++) {
                    found.add(extent.index());
                }
            }
            if (!reference.indexes(name).equals(found)) {
                throw new Violation(NAME, "node " + node + " finds the records of " + name + " in the entries " + found
                        + ", and by the log they are in " + reference.indexes(name));
            }
        }
    }

    @Override
    public void processEnded(int node) {
        seen[node] = 0;
        told.replaceAll(one -> one.node() == node ? new Told(node, one.reply(), true) : one);
    }
}
