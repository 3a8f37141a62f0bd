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
    private long matchRound;
    private boolean isForgetful;
    private long nextIndex;
    private long answeredRound;
    private long heardMicros;
    private boolean isKnownToCount;

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

    /// It has answered in this leadership, from a disk that counts.
    boolean isKnownToCount() {
        return isKnownToCount;
    }

    void heard(long nowMicros, long round) {
        heardMicros = nowMicros;
        isKnownToCount = true;
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

    /// The answer to round `round` vouches for everything up to `index`. Returns whether the match index rose.
    boolean accepted(long index, long round) {
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
        if (rose) {
            matchIndex = index;
            matchRound = round;
        }
        return rose;
    }

    /// A rejection of `rejectedIndex` in answer to round `round`. Returns whether it is the first to prove that the follower
    /// has lost what it had acknowledged as durable: it refuses what it had vouched for, and what it refuses is younger
    /// than what it answered when it vouched. An older message proves nothing: it may have been refused before.
    boolean provesLoss(long rejectedIndex, long round) {
        boolean isFirst = !isForgetful && rejectedIndex > 0 && rejectedIndex <= matchIndex && round > matchRound;
        isForgetful |= isFirst;
        return isFirst;
    }

    /// Its disk has lost what it had acknowledged in this term. It gets nothing more from this leader, whose match index
    /// for it cannot fall: others count on it.
    boolean isForgetful() {
        return isForgetful;
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
        hash.add(matchRound).add(isForgetful ? 1 : 0).add(isKnownToCount);
    }
}
