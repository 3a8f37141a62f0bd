package holdfast.raft;

/// What must be durable before anything that depends on it leaves (Raft Fig. 2, "persistent state"):
/// the current term and whom this node voted for in it ([#NOBODY] if none).
public record HardState(long term, int votedFor) {

    public static final int NOBODY = 0;

    public static final HardState INITIAL = new HardState(0, NOBODY);
}
