package holdfast.sim.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/// The names of one directory: as programs see them, as the medium has them, and the changes between the two
/// that no directory sync has confirmed. A rename is one change; there are no hard links.
final class Directory {

    private sealed interface Change {
        record Put(String name, Inode inode) implements Change {}

        record Move(String from, String to, Inode inode) implements Change {}

        record Remove(String name) implements Change {}
    }

    private final TreeMap<String, Inode> cached = new TreeMap<>();
    private final TreeMap<String, Inode> durable = new TreeMap<>();
    private final ArrayList<Change> pending = new ArrayList<>();

    /// The change number of the last durable change of names.
    private long lastChange;

    // ---- what programs see ---------------------------------------------------------------------------------

    Inode find(String name) {
        return cached.get(name);
    }

    TreeMap<String, Inode> cached() {
        return cached;
    }

    void put(String name, Inode inode) {
        cached.put(name, inode);
        pending.add(new Change.Put(name, inode));
    }

    void move(String from, String to) {
        Inode inode = cached.remove(from);
        inode.name = to;
        cached.put(to, inode);
        pending.add(new Change.Move(from, to, inode));
    }

    void remove(String name) {
        cached.remove(name);
        pending.add(new Change.Remove(name));
    }

    // ---- what the medium has -------------------------------------------------------------------------------

    TreeMap<String, Inode> durable() {
        return durable;
    }

    long lastChange() {
        return lastChange;
    }

    int pendingChanges() {
        return pending.size();
    }

    /// Makes the first `count` pending changes durable. Files that lost their last name are added to `freed`.
    void commit(int count, DiskLedger ledger, List<Inode> freed) {
        for (int i = 0; i < count; i++) {
            Change change = pending.get(i);
            Inode replaced = replacedBy(change, durable);
            apply(change, durable);
            lastChange = ledger.nextChange();
            Inode arrived = arrivedBy(change);
            if (arrived != null) {
                // Under its name there may have been another file: nothing an oracle knew of it holds.
                arrived.medium.changed(0, Integer.MAX_VALUE);
            }
            if (replaced != null && replaced != arrived) {
                freed.add(replaced);
            }
        }
        pending.subList(0, count).clear();
    }

    /// The names as a mount finds them if of the pending changes those survive that `survives` picks.
    TreeMap<String, Inode> survivors(IntPredicate survives) {
        TreeMap<String, Inode> names = new TreeMap<>(durable);
        for (int i = 0; i < pending.size(); i++) {
            if (survives.test(i)) {
                apply(pending.get(i), names);
            }
        }
        return names;
    }

    /// Takes over names and change number at a mount.
    void mount(TreeMap<String, Inode> names, long change) {
        cached.putAll(names);
        durable.putAll(names);
        lastChange = change;
    }

    private static void apply(Change change, TreeMap<String, Inode> names) {
        switch (change) {
            case Change.Put put -> names.put(put.name(), put.inode());
            case Change.Move move -> {
                if (names.get(move.from()) == move.inode()) {
                    names.remove(move.from());
                }
                names.put(move.to(), move.inode());
            }
            case Change.Remove remove -> names.remove(remove.name());
        }
    }

    private static Inode replacedBy(Change change, TreeMap<String, Inode> names) {
        return switch (change) {
            case Change.Put put -> names.get(put.name());
            case Change.Move move -> names.get(move.to());
            case Change.Remove remove -> names.get(remove.name());
        };
    }

    private static Inode arrivedBy(Change change) {
        return switch (change) {
            case Change.Put put -> put.inode();
            case Change.Move move -> move.inode();
            case Change.Remove _ -> null;
        };
    }
}
