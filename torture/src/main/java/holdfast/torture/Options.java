package holdfast.torture;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What a run was asked to be.
///
/// @param seed of everything that is drawn: which faults when, which operations. Time is real, so a seed repeats
///     the plan and not the run
/// @param shape the bounds that the nodes work with
/// @param disks the file system that each node has for itself, or null for the one the folder is on
/// @param save where the history goes, or null for only when it is refuted
record Options(
        long millis,
        Set<Harm> harms,
        int clients,
        int nodes,
        int firstPort,
        long seed,
        Shape shape,
        LoopDisks.FileSystem disks,
        Path save) {

    /// Kinds of faults, by the names of `--faults`.
    enum Harm {
        /// SIGKILL, and a new start after a while.
        KILL,
        /// SIGSTOP, and SIGCONT after a while.
        PAUSE,
        /// Frames vanish between some nodes, in one direction or both, by the nodes' own hook.
        PARTITION,
        /// A sync fails (the node ends with code 74 and is started again), syncs take long, or the power fails
        /// and takes what was not synced.
        DISK,
        /// One node stays down until the others' logs do not reach back to what it has ([Away]).
        AWAY,
        /// Connections between nodes are reset, stand still, die without a word, or are slow ([Links]).
        LINKS,
        /// Hostile and clumsy clients at one node ([Strangers]).
        STRANGERS,
        /// The machines of some nodes lose their power; only with disks of their own ([LoopDisks]).
        POWER,
        /// A node's disk is full, has room, is full again and hangs; only with disks of their own ([FullDisk]).
        FULL
    }

    /// What needs disks of the nodes' own.
    private static final Set<Harm> OF_DISKS = EnumSet.of(Harm.POWER, Harm.FULL);


    /// The kinds a list names, or null if one of its words names none. `hasDisks` when each node has a disk of its own, so
    /// that "all" has what needs that, too.
    static Set<Harm> harms(String list, boolean hasDisks) {
        Set<Harm> harms = EnumSet.noneOf(Harm.class);
        for (String word : list.split(",", -1)) {
            switch (word) {
                case "all" -> {
                    harms.addAll(EnumSet.allOf(Harm.class));
                    if (!hasDisks) {
                        harms.removeAll(OF_DISKS);
                    }
                }
                case "none" -> {}
                default -> {
                    Harm harm = named(word);
                    if (harm == null) {
                        return null;
                    }
                    harms.add(harm);
                }
            }
        }
        return harms;
    }

    /// The first of these that needs disks of the nodes' own, or null.
    static Harm ofDisks(Set<Harm> harms) {
        return OF_DISKS.stream().filter(harms::contains).findFirst().orElse(null);
    }

    private static Harm named(String word) {
        for (Harm harm : Harm.values()) {
            if (harm.name().toLowerCase(Locale.ROOT).equals(word)) {
                return harm;
            }
        }
        return null;
    }
}
