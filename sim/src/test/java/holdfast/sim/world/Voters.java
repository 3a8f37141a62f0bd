package holdfast.sim.world;

import holdfast.Digest;
import holdfast.raft.Member;
import holdfast.raft.Membership;
import holdfast.raft.Sender;
import java.util.stream.IntStream;

/// The three voters of [Onlooker#plan], each on the drive that its machine begins with.
public final class Voters {

    private static final int VOTERS = 3;
    private static final World WORLD = new Onlooker(Onlooker.plan(VOTERS)).world();

    private Voters() {}

    /// All of them bound.
    public static Membership bound() {
        return new Membership(IntStream.rangeClosed(1, VOTERS)
                .mapToObj(node -> new Member(node, disk(node), 0))
                .toList());
    }

    public static Digest disk(int node) {
        return WORLD.ownDrive(node).store().diskUuid();
    }

    /// That voter, on its drive, in its first life.
    public static Sender sender(int node) {
        return new Sender(node, disk(node), 0, 1);
    }
}
