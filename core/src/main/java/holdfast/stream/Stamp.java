package holdfast.stream;

/// What a command carries besides its meaning: the leader's wall clock, and whose request it is.
///
/// **Time.** Whoever proposes a command stamps it. The machine's clock is the greatest time it has seen, so
/// it never goes back and is the same on every node; only by it do streams expire. A leader whose clock is
/// behind lets streams live longer; one whose clock is ahead shortens lives by as much, but in one term by no more than a
/// minute beyond the time that has passed (`node/ClockBound`).
///
/// **Request.** A node that passes a client's write on (a *gateway*) numbers its requests, so that it may send
/// one again when a leader was lost: [Sessions].
///
/// @param millis milliseconds since 1970-01-01T00:00Z, 0 for no time
/// @param gateway the node that asks, 0 for nobody who would ask again
/// @param session the gateway's life: it grows with every start
/// @param number the request's in that session, from 1
/// @param floor no request below this number will be sent again
public record Stamp(long millis, int gateway, long session, long number, long floor) {

    public static final Stamp NONE = new Stamp(0, 0, 0, 0, 0);

    /// Bytes of a stamp in every format: `millis u64, gateway u32, session u64, number u64, floor u64`.
    static final int BYTES = 8 + 4 + 8 + 8 + 8;

    public boolean isRequest() {
        return gateway > 0;
    }

    public Stamp at(long millis) {
        return new Stamp(millis, gateway, session, number, floor);
    }
}
