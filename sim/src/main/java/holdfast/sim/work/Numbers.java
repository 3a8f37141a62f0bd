package holdfast.sim.work;

import holdfast.stream.Stamp;

/// The numbers of one client's writes, as a gateway gives them ([Stamp]): whatever has a number may be sent again until
/// it is answered, and is done once. One write is under way at a time, so nothing below its number will come again.
final class Numbers {

    private final int client;
    private long session = 1;
    private long number;

    Numbers(int client) {
        this.client = client;
    }

    /// For the next write and each of its attempts.
    Stamp next() {
        number++;
        return new Stamp(0, client, session, number, number);
    }

    /// The client forgets what it has asked for, as a node does that starts anew.
    void beginAnew() {
        session++;
        number = 0;
    }
}
