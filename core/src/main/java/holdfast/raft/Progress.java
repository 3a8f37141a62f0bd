package holdfast.raft;

import holdfast.StateHash;
import java.util.ArrayDeque;

/// One follower as its leader sees it.
///
///     PROBING      --accepted-->           REPLICATING     one message at a time -> a window of messages
///     REPLICATING  --rejected-->           PROBING
///     any          --entries are gone-->   SNAPSHOT  --installed-->  PROBING
final class Progress {

    enum Mode { PROBING, REPLICATING, SNAPSHOT }

    private final int windowMessages;
    /// The last index of each unanswered message with entries.
    private final ArrayDeque<Long> inFlight = new ArrayDeque<>();
    private Mode mode = Mode.PROBING;
    private boolean isProbeSent;
    private long matchIndex;
    private long nextIndex;
    private long answeredRound;
    private long heardMicros;

    Progress(long nextIndex, int windowMessages, long nowMicros) {
        this.nextIndex = nextIndex;
        this.windowMessages = windowMessages;
        heardMicros = nowMicros;
    }

    Mode mode() {
        return mode;
    }

    /// Durable at the follower and equal to the leader's log up to here; never falls.
    long matchIndex() {
        return matchIndex;
    }

    long nextIndex() {
        return nextIndex;
    }

    /// The youngest broadcast that this follower has answered.
    long answeredRound() {
        return answeredRound;
    }

    long heardMicros() {
        return heardMicros;
    }

    void heard(long nowMicros, long round) {
        heardMicros = nowMicros;
        answeredRound = Math.max(answeredRound, round);
    }

    boolean mayAlwaysSend() {
        return mode == Mode.REPLICATING || (mode == Mode.PROBING && !isProbeSent);
    }

    boolean isWindowFull() {
        return mode == Mode.REPLICATING && inFlight.size() >= windowMessages;
    }

    boolean canSendEntries() {
        return mayAlwaysSend() && !isWindowFull();
    }

    void sent(long lastIndex) {
        if (mode == Mode.PROBING) {
            isProbeSent = true;
        } else {
            inFlight.addLast(lastIndex);
            nextIndex = lastIndex + 1;
        }
    }

    /// A heartbeat gives a lost probe another try.
    void probeAgain() {
        isProbeSent = false;
    }

    /// Returns whether the match index rose.
    boolean accepted(long index) {
        while (!inFlight.isEmpty() && inFlight.getFirst() <= index) {
            inFlight.removeFirst();
        }
        if (mode == Mode.PROBING) {
            mode = Mode.REPLICATING;
            isProbeSent = false;
            nextIndex = Math.max(matchIndex, index) + 1;
        }
        nextIndex = Math.max(nextIndex, index + 1);
        boolean rose = index > matchIndex;
        matchIndex = Math.max(matchIndex, index);
        return rose;
    }

    /// Whether a rejection of `rejectedIndex` says something new: what is known to match cannot be rejected,
    /// and while probing only the probe itself can.
    boolean isNews(long rejectedIndex) {
        return mode != Mode.SNAPSHOT
                && rejectedIndex > matchIndex
                && (mode == Mode.REPLICATING || rejectedIndex == nextIndex - 1);
    }

    void probeFrom(long index) {
        mode = Mode.PROBING;
        isProbeSent = false;
        inFlight.clear();
        nextIndex = Math.max(index, matchIndex + 1);
    }

    void needsSnapshot() {
        mode = Mode.SNAPSHOT;
        inFlight.clear();
    }

    void fingerprint(StateHash hash) {
        hash.add(mode.ordinal()).add(matchIndex).add(nextIndex).add(answeredRound).add(inFlight.size());
    }
}
