package holdfast.node;

import holdfast.stream.Command;
import holdfast.stream.Outcome;
import holdfast.stream.Stamp;
import java.util.TreeSet;

/// Gets the writes of a node's clients done by whoever leads. Each is numbered ([Stamp]), so it may be sent again when a
/// leader was lost with it: the machine answers the second copy with the outcome of the first (`stream/Sessions`). So a
/// client waits out an election instead of being told that nobody knows.
///
/// One write is one [Errand]. All errands of a gateway share its session and its floor, the lowest number that may still be
/// sent again. A gateway has no clock and no threads; whoever drives it sees to it that one call at a time enters it or one
/// of its errands.
public final class Gateway {

    /// Errands that may be open at once; whoever comes then is refused. The machine remembers as many outcomes of one
    /// gateway, and forgets the lowest beyond.
    public static final int OPEN_MAX = 4_096;

    private final int node;
    /// Grows if the machine refuses it: a wall clock that went back, or somebody who spoke as this node, must not silence it.
    private long session;
    private long lastNumber;

    /// Requests that may still be sent again; the lowest is the floor.
    private final TreeSet<Long> open = new TreeSet<>();

    /// What a request is known by for as long as it is tried.
    record Ticket(long session, long number) {}

    /// @param node who asks
    /// @param session this life of it, above 0 and greater than that of any before: wall-clock milliseconds at its start will do
    public Gateway(int node, long session) {
        this.node = node;
        this.session = session;
    }

    /// A write that is on its way from now on, or refused with [ClientReply.Cause#OVERLOADED] because [#OPEN_MAX] are. Whoever
    /// begins an errand ends it by [Errand#close].
    ///
    /// @param nowMicros a clock that never goes back; every call of the errand is told the time by it
    /// @param holdMillis how long to try, and more if the command is large
    public Errand begin(Command command, long nowMicros, int holdMillis) {
        return new Errand(this, command, nowMicros, holdMillis);
    }

    /// How many errands have a number that may still be sent again.
    public int open() {
        return open.size();
    }

    /// The session in which the next errand begins.
    public long session() {
        return session;
    }

    // ---- for its errands -----------------------------------------------------------------------------------

    int node() {
        return node;
    }

    /// A number that is open before any greater one is given out, so no floor can pass it; null if too many are open.
    Ticket issue() {
        if (open.size() >= OPEN_MAX) {
            return null;
        }
        lastNumber++;
        open.add(lastNumber);
        return new Ticket(session, lastNumber);
    }

    /// Nothing will be sent by this number any more.
    void retire(Ticket ticket) {
        open.remove(ticket.number());
    }

    /// What is asked for now, by a ticket that is open.
    Stamp stamp(Ticket ticket) {
        return new Stamp(0, node, ticket.session(), ticket.number(), open.first());
    }

    /// A session that was refused is never used again.
    void learnSession(Outcome.RequestForgotten forgotten) {
        if (forgotten.session() >= session) {
            session = forgotten.session() + 1;
        }
    }
}
