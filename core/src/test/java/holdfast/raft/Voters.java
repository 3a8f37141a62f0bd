package holdfast.raft;

import holdfast.Digest;
import java.util.List;
import java.util.stream.IntStream;

/// The voters of most tests: 1, 2, 3 and so on, each on a disk of its own.
public final class Voters {

    private Voters() {}

    /// As many voters, all of them bound.
    public static Membership bound(int voters) {
        return new Membership(IntStream.rangeClosed(1, voters)
                .mapToObj(id -> new Member(id, disk(id), 0))
                .toList());
    }

    /// As many voters, of whom only voter 1 has a disk: how a store begins.
    public static Membership founded(int voters) {
        return Membership.founded(ids(voters), 1, disk(1));
    }

    public static List<Integer> ids(int voters) {
        return IntStream.rangeClosed(1, voters).boxed().toList();
    }

    /// The disk of that voter.
    public static Digest disk(int voter) {
        return new Digest(3, voter);
    }

    /// That voter, on its disk, in its first life.
    public static Sender sender(int voter) {
        return new Sender(voter, disk(voter), 0, 1);
    }
}
