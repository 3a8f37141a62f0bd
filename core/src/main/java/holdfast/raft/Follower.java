package holdfast.raft;

/// A follower's view of its term: who leads, if known, and how far the log agrees with the leader's.
final class Follower implements Role {

    /// No leader of this term has been heard.
    static final int UNKNOWN = 0;

    private int leader;
    private long matchedIndex;
    private long lastRound;
    private boolean isArriving;
    private long arrivedMicros;

    Follower(int leader) {
        this.leader = leader;
    }

    int leader() {
        return leader;
    }

    /// Up to here the log is the leader's; not necessarily durable.
    long matchedIndex() {
        return matchedIndex;
    }

    /// The leader's youngest broadcast that has arrived.
    long lastRound() {
        return lastRound;
    }

    /// Returns whether the broadcast is younger than every one before.
    boolean heard(int from, long round) {
        boolean isNewRound = round > lastRound;
        leader = from;
        lastRound = Math.max(lastRound, round);
        return isNewRound;
    }

    /// Bytes of the leader's next message arrive.
    void arriving(long nowMicros) {
        isArriving = true;
        arrivedMicros = nowMicros;
    }

    /// A large message has arrived, or will not.
    void arrived() {
        isArriving = false;
    }

    boolean isArriving(long nowMicros, long patienceMicros) {
        return isArriving && nowMicros - arrivedMicros < patienceMicros;
    }

    void matched(long index) {
        matchedIndex = Math.max(matchedIndex, index);
    }
}
