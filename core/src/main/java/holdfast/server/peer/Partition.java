package holdfast.server.peer;

import java.util.Set;
import java.util.TreeSet;

/// A test's hand inside the network: frames to and from the named peers vanish, in either direction apart. Greetings
/// and pings pass, so the connections stay. Nothing in production sets it.
public final class Partition {

    private volatile Set<Integer> deafTo = Set.of();
    private volatile Set<Integer> muteTo = Set.of();

    /// Replaces what was set before; two empty sets heal.
    public void set(Set<Integer> noFramesFrom, Set<Integer> noFramesTo) {
        deafTo = new TreeSet<>(noFramesFrom);
        muteTo = new TreeSet<>(noFramesTo);
    }

    boolean swallowsFrom(int peer) {
        return deafTo.contains(peer);
    }

    boolean swallowsTo(int peer) {
        return muteTo.contains(peer);
    }
}
