package holdfast.raft;

import holdfast.StateSink;
import java.util.ArrayDeque;

/// One follower as its leader sees it.
///
///     PROBING      --it matches-->         REPLICATING     one message at a time -> a window of messages
///     REPLICATING  --rejected-->           PROBING
///     any          --entries are gone-->   SNAPSHOT  --installed-->  PROBING
final class Progress {

    enum Mode { PROBING, REPLICATING, SNAPSHOT }

    /// Of a message with entries: a large one may be overtaken by smaller ones, and one that holds a single entry larger than
    /// messages otherwise are takes as much memory, at both ends and on the way, as a window of others.
    enum Size { SMALL, LARGE, OVERSIZE }

    private final int windowMessages;
    /// The last index of each unanswered message with entries.
    private final ArrayDeque<Long> inFlight = new ArrayDeque<>();
    /// The last index of the youngest large one among them, or of one before.
    private long lastLarge;
    private long lastOversize;
    private Mode mode = Mode.PROBING;
    private boolean isProbeSent;
    private long probeRound;
    private long matchIndex;
    private long matchRound;
    private boolean isForgetful;
    private long nextIndex;
    private long answeredRound;
    private long heardMicros;
    private long toldMicros;
    private long toldCommit;
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

    /// Something was sent to it.
    void told(long nowMicros) {
        toldMicros = nowMicros;
    }

    long toldMicros() {
        return toldMicros;
    }

    /// The commit index has left with a message.
    void toldCommit(long commitIndex) {
        toldCommit = commitIndex;
    }

    /// Whether it would learn something from a message with this commit index. Who waits for a snapshot would not.
    boolean missesCommit(long commitIndex) {
        return toldCommit < commitIndex && mode != Mode.SNAPSHOT;
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

    /// Entries up to `lastIndex` have left with broadcast `round`. A probe that is lost is not sent again: every heartbeat asks
    /// for the same place, without entries.
    void sent(long lastIndex, Size size, long round) {
        if (mode == Mode.PROBING) {
            isProbeSent = true;
            probeRound = round;
        } else {
            inFlight.addLast(lastIndex);
            nextIndex = lastIndex + 1;
            lastLarge = size == Size.SMALL ? lastLarge : lastIndex;
            lastOversize = size == Size.OVERSIZE ? lastIndex : lastOversize;
        }
    }

    /// Whether a message may go beside those that are not answered yet: no small one beside a large one, which it would
    /// overtake, and an oversize one alone.
    boolean hasRoomFor(Size size) {
        return inFlight.isEmpty() || switch (size) {
            case SMALL -> inFlight.getFirst() > lastLarge;
            case LARGE -> inFlight.getFirst() > lastOversize;
            case OVERSIZE -> false;
        };
    }

    /// The answer to round `round`: everything up to `matched` is the leader's, and durable up to `durable`. Returns whether
    /// the match index rose. What is sent and not durable counts as unanswered: the window is also what a slow disk has to
    /// hold.
    ///
    /// Probing ends only with an answer about the place that is probed. Another one may come from a follower that could not
    /// refuse the probe, because its term was not durable yet: it is asked again.
    boolean accepted(long matched, long durable, long round) {
        while (!inFlight.isEmpty() && inFlight.getFirst() <= durable) {
            inFlight.removeFirst();
        }
        if (mode == Mode.PROBING && matched >= nextIndex - 1) {
            mode = Mode.REPLICATING;
            isProbeSent = false;
        } else if (mode == Mode.PROBING && round >= probeRound) {
            isProbeSent = false;
        }
        nextIndex = Math.max(nextIndex, matched + 1);
        boolean rose = durable > matchIndex;
        if (rose) {
            matchIndex = durable;
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

    void describe(StateSink sink) {
        sink.add("mode", mode.ordinal()).add("matchIndex", matchIndex).add("nextIndex", nextIndex);
        sink.add("answeredRound", answeredRound).add("inFlight", inFlight.size());
        sink.add("toldCommit", toldCommit).add("matchRound", matchRound);
        sink.add("isForgetful", isForgetful).add("isKnownToCount", isKnownToCount);
    }
}
