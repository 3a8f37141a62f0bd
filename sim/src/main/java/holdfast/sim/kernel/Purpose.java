package holdfast.sim.kernel;

/// What a random decision is for. The key, not the ordinal, enters the hash: adding a purpose at any place in
/// this list changes no existing universe.
public enum Purpose {
    PLAN(1),
    CLUSTER_IDENTITY(2),
    ELECTION_TIMEOUT(3),
    PLAN_SWARM(4),
    PLAN_MOMENT(5),
    NETWORK_DELAY(10),
    NETWORK_LOSS(11),
    NETWORK_DUPLICATE(12),
    NETWORK_LATE(13),
    NETWORK_CORRUPTION(14),
    DISK_LATENCY(20),
    DISK_WRITE_BACK(21),
    DISK_POWER_CUT(22),
    DISK_TORN(23),
    DISK_PROFILE(24),
    DISK_GARBAGE(25),
    CLIENT_BACKOFF(30),
    CLIENT_TARGET(31),
    CLIENT_THINK(32),
    PAYLOAD(33),
    CLIENT_LOSS(34),
    CLIENT_DELAY(35),
    CLIENT_OPERATION(36),
    CLIENT_ELSEWHERE(37),
    CLIENT_SESSION(38),
    CLIENT_LATE(39),
    CLOCK(40),
    KNOBS(50),
    MACHINES(51),
    NOISE(52),
    WORKLOAD(53),
    CRASH_PROBE(60),
    MACHINE_DRILL(61),
    GATEWAY_COUNT(70),
    GATEWAY_TARGET(71),
    GATEWAY_LIFE(72),
    GATEWAY_WAIT(73),
    GATEWAY_PATIENCE(74);

    private final int key;

    Purpose(int key) {
        this.key = key;
    }

    int key() {
        return key;
    }
}
