package holdfast.rules;

import java.util.List;
import java.util.Map;

/// The table of ARCHITECTURE.md as data. A package that is not in it may use nothing, so a new package needs a
/// line here.
final class Directions {

    private static final String SIM = "holdfast.sim.";
    private static final String CLI = "holdfast.sim.cli";

    private static final Map<String, List<String>> CORE = Map.of(
            "holdfast", List.of(),
            "holdfast.env", List.of(),
            "holdfast.raft", List.of(),
            "holdfast.stream", List.of(),
            "holdfast.wal", List.of("holdfast.raft", "holdfast.env"),
            "holdfast.tier", List.of("holdfast.stream", "holdfast.env"),
            "holdfast.node",
                    List.of("holdfast.raft", "holdfast.wal", "holdfast.stream", "holdfast.tier", "holdfast.env"));

    private static final String SERVER = "holdfast.server";

    /// The real world stands on the node; of what lies below it, it knows the value records that requests, settings and
    /// status pages are made of.
    private static final List<String> REAL_WORLD =
            List.of("holdfast.node", "holdfast.env", "holdfast.raft", "holdfast.wal", "holdfast.stream");

    /// Plays clients of real nodes, and hands what they saw to the judges of the simulator.
    private static final String TORTURE = "holdfast.torture";
    private static final List<String> TORTURES = List.of(
            SERVER + ".client", SERVER + ".cluster", SERVER + ".config", SERVER + ".http", "holdfast.node", "holdfast.stream");

    /// What every part of the simulator may use, and what those that look inside a node may use besides.
    private static final List<String> WORLD = List.of("holdfast.node", "holdfast.env");
    private static final List<String> STATE =
            List.of("holdfast.raft", "holdfast.wal", "holdfast.stream", "holdfast.tier");
    private static final List<String> LOOKS_INSIDE =
            List.of(SIM + "check", SIM + "history", SIM + "run", SIM + "work", SIM + "world");

    private Directions() {}

    static boolean allows(String user, String used) {
        if (used.equals(user) || used.equals("holdfast")) {
            return true;
        }
        if (isPart(user, SERVER)) {
            return isPart(used, SERVER) || REAL_WORLD.contains(used);
        }
        if (isPart(user, TORTURE)) {
            return TORTURES.contains(used) || used.startsWith(SIM + "history") || used.startsWith(SIM + "check");
        }
        if (!user.startsWith(SIM)) {
            return CORE.getOrDefault(user, List.of()).contains(used);
        }
        if (used.startsWith(SIM)) {
            return !used.equals(CLI);
        }
        return WORLD.contains(used) || STATE.contains(used) && looksInside(user);
    }

    private static boolean isPart(String user, String part) {
        return user.equals(part) || user.startsWith(part + ".");
    }

    private static boolean looksInside(String user) {
        return LOOKS_INSIDE.stream().anyMatch(part -> isPart(user, part));
    }
}
