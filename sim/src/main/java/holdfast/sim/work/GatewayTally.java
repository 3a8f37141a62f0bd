package holdfast.sim.work;

/// What happened at the gateways of a universe.
public final class GatewayTally {

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
    public int openMax() {
        return openMax;
    }

    /// Writes that nobody waited for any longer, but whose copies may have been under way.
    public long abandonedWrites() {
        return abandoned;
    }

    /// Gateways that began anew and knew nothing of what they had sent.
    public long restartedGateways() {
        return restarts;
    }

    /// Requests that were refused because a session greater than theirs was known.
    public long overtakenRequests() {
        return overtaken;
    }

    /// Of these, the ones that were in doubt already.
    public long doubtsKept() {
        return keptDoubts;
    }
}
