package holdfast.sim.world;

import holdfast.node.ClientRequest;
import holdfast.node.Replica;
import holdfast.raft.Membership;
import holdfast.raft.Raft;

/// Who looks after the drives: knows which of them the store has named as its voters', and has a lost one replaced, asking
/// again until that is done.
final class Operator {

    private static final long RETRY_MICROS = 100_000;

    private final World world;
    /// The youngest membership that any node knew to be committed, or the one that every log begins with; and its place.
    private Membership named;
    private long namedIndex = 1;

    Operator(World world, Membership first) {
        this.world = world;
        named = first;
    }

    /// Called after each turn of each node.
    void looksAt(int node, Replica replica) {
        if (replica == null) {
            return;
        }
        Raft raft = replica.raft();
        if (raft.membershipIndex() > namedIndex && raft.membershipIndex() <= raft.commitIndex()) {
            named = raft.membership();
            namedIndex = raft.membershipIndex();
        }
        if (world.condition(node).isLost() && isNamed(node) && raft.durableIndex() >= named.member(node).since()) {
            world.condition(node).recovered();
        }
    }

    /// Whether the drive of this machine is its voter's.
    boolean isNamed(int node) {
        return named.member(node).isOn(world.ownDrive(node).store().diskUuid());
    }

    /// Whether too few of the drives that the store has named can ever be started again. While a store is forming, what the
    /// founder has written counts, although nobody may have confirmed it.
    boolean isBeyondHelp() {
        int voters = world.nodes();
        Replica founder = world.host(Bays.FOUNDER).replica();
        if (founder != null && namedIndex <= 1) {
            named = founder.raft().membership();
        }
        int bound = 0;
        int fit = 0;
        for (int node = 1; node <= voters; node++) {
            boolean isBound = named.member(node).isBound();
            boolean isFit = isNamed(node) && (world.host(node).replica() != null || !world.condition(node).isBeyondRepair());
            bound += isBound ? 1 : 0;
            fit += isBound && isFit ? 1 : 0;
        }
        return fit < Math.min(bound, voters / 2 + 1);
    }

    /// Until it is done, or the machine has got another drive.
    void replace(int node, Drive drive) {
        if (world.ownDrive(node) != drive || !world.condition(node).isLost() || isNamed(node)) {
            return;
        }
        world.askLeader(new ClientRequest.ReplaceDisk(node, drive.store().diskUuid()));
        world.queue().after(RETRY_MICROS, () -> replace(node, drive));
    }
}
