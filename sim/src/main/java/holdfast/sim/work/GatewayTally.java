package holdfast.sim.work;

/// What happened at the gateways of a universe.
final class GatewayTally {

    private int openMax;
    private long abandoned;
    private long restarts;
    private long overtaken;
    private long keptDoubts;

    void open(int errands) {
        openMax = Math.max(openMax, errands);
    }

    void abandoned() {
        abandoned++;
    }

    void restarted() {
        restarts++;
    }

    void overtaken() {
        overtaken++;
    }

    void keptDoubt() {
        keptDoubts++;
    }

    /// Requests of one gateway that were open at once, at most.
    int openMax() {
        return openMax;
    }

    /// Writes that nobody waited for any longer, but whose copies may have been under way.
    long abandonedWrites() {
        return abandoned;
    }

    /// Gateways that began anew and knew nothing of what they had sent.
    long restartedGateways() {
        return restarts;
    }

    /// Requests that were refused because a session greater than theirs was known.
    long overtakenRequests() {
        return overtaken;
    }

    /// Of these, the ones that were in doubt already.
    long doubtsKept() {
        return keptDoubts;
    }
}
