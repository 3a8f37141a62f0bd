package holdfast.sim.check;

import holdfast.Digest;
import holdfast.raft.Sender;
import java.util.Comparator;
import java.util.TreeMap;

/// The latest life of each disk that a process has heard of. Of each disk: late words of a disk that was replaced must not make
/// it forget how old the one is that took its place.
public final class HeardLives {

    private record Disk(int node, Digest id) {

        static final Comparator<Disk> ORDER = Comparator.comparingInt(Disk::node)
                .thenComparingLong(disk -> disk.id().high())
                .thenComparingLong(disk -> disk.id().low());
    }

    private final TreeMap<Disk, Long> lives = new TreeMap<>(Disk.ORDER);

    /// Returns whether no later life of the sender's disk was heard before.
    public boolean isLatest(Sender sender) {
        return lives.merge(new Disk(sender.id(), sender.disk()), sender.life(), Math::max) == sender.life();
    }

    /// The process has ended, and with it what it knew.
    public void forget() {
        lives.clear();
    }
}
