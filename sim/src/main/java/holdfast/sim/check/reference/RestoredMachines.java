package holdfast.sim.check.reference;

import holdfast.Digest;
import holdfast.Probe;
import holdfast.StateHash;
import holdfast.node.Replica;
import holdfast.raft.EntryType;
import holdfast.raft.LogEntry;
import holdfast.raft.Membership;
import holdfast.raft.Raft;
import holdfast.sim.check.CommitLedger;
import holdfast.sim.check.NodeOracle;
import holdfast.sim.check.Violation;
import holdfast.stream.CommandCodec;
import holdfast.stream.ProducerBounds;
import holdfast.stream.StreamMachine;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A machine that came out of a snapshot, at a start or from another node, must be the one that comes out of the log: a third
/// machine applies the committed entries up to the same place, and whatever one of the two holds the other must hold.
public final class RestoredMachines implements NodeOracle {

    private static final String NAME = "restored-machine";

    /// Whether the node's medium has the payload of the entry, or nothing can be expected of it.
    @FunctionalInterface
    public interface Payloads {
        boolean has(int node, long index, Digest hash);
    }

    private final CommitLedger ledger;
    private final ProducerBounds bounds;
    private final Payloads payloads;
    private final StreamMachine[] seen;
    private StreamMachine fromLog;
    /// The entry up to which [#fromLog] has applied.
    private long position;

    /// @param payloads what lies on each node's medium
    public RestoredMachines(CommitLedger ledger, int nodes, ProducerBounds bounds, Payloads payloads) {
        this.ledger = ledger;
        this.payloads = payloads;
        this.bounds = bounds;
        seen = new StreamMachine[nodes + 1];
        fromLog = new StreamMachine(Probe.NONE, bounds);
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        boolean isNew = replica.machine() != seen[node];
        seen[node] = replica.machine();
        if (isNew && replica.snapshots().latest() != null) {
            compare(node, replica, "");
            mustHavePayloads(node, replica.machine());
        }
    }

    private void mustHavePayloads(int node, StreamMachine machine) {
        for (long index : machine.neededIndexes()) {
            if (!payloads.has(node, index, ledger.entry(index).hash())) {
                throw new Violation(NAME, "node " + node + " has a machine from a snapshot that needs entry " + index
                        + ", and its disk does not have that");
            }
        }
    }

    /// @param when said after the name of the node, or empty
    public void compare(int node, Replica replica, String when) {
        long applied = replica.appliedIndex();
        compareMembership(node, replica.raft(), when);
        applyTo(applied);
        StateHash expected = new StateHash();
        StateHash found = new StateHash();
        fromLog.describe(expected);
        replica.machine().describe(found);
        if (expected.value() != found.value()) {
            throw new Violation(NAME, "node " + node + when + " has a machine from a snapshot that differs after entry "
                    + applied + " from the one that comes out of the log");
        }
    }

    /// The log begins with the membership that was in force there.
    private void compareMembership(int node, Raft raft, String when) {
        long base = raft.base().index();
        long named = base;
        while (named > 0 && ledger.entry(named).type() != EntryType.CONFIG) {
            named--;
        }
        if (named > 0 && !Membership.decode(ledger.entry(named).payload()).equals(raft.membershipAt(base))) {
            throw new Violation(NAME, "node " + node + when + " begins after entry " + base + " with the membership "
                    + raft.membershipAt(base) + ", and by the log it is that of entry " + named);
        }
    }

    /// Of which entries the machine after the entry at `index` needs the payloads.
    public Set<Long> neededAt(long index) {
        applyTo(index);
        return Arrays.stream(fromLog.neededIndexes()).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    private void applyTo(long index) {
        if (index < position) {
            fromLog = new StreamMachine(Probe.NONE, bounds);
            position = 0;
        }
        while (position < index) {
            LogEntry entry = ledger.entry(++position);
            if (entry.type() == EntryType.COMMAND) {
                fromLog.apply(entry.index(), entry.term(), CommandCodec.decode(entry.payload()));
            }
        }
    }

    @Override
    public void processEnded(int node) {
        seen[node] = null;
    }
}
