package holdfast.node;

import holdfast.Bytes;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToIntFunction;

/// One snapshot on its way to one follower.
///
///     asked what it has      until the follower answers; a dead one costs a question each pause
///     the image              one piece at a time, from where the follower's ends
///     the entries it lacks   a window of pieces, each acknowledged when it is durable there
///
/// The follower says with every answer what it has, so nothing is remembered here that a restart of either end would make
/// wrong. Whatever is not answered in time is sent again, from the first thing that is lacking.
final class SnapshotSender {

    /// Pieces of entries under way at once: while one is written, the next ones travel.
    private static final int WINDOW_PIECES = 4;

    private static final long NOT_READING = 0;

    private final int follower;
    private final SnapshotOffer offer;
    private final int pieceBytes;
    private final long patienceMicros;
    /// The last index of each piece of entries that is not answered yet.
    private final ArrayDeque<Long> inFlight = new ArrayDeque<>();
    private boolean isAnswered;
    private boolean isFlowing;
    private int imageHeld;
    /// The first index that the follower says it lacks, or 0 as long as it has not got the image.
    private long lacking;
    /// The place of the next entry to send, among those that the snapshot needs.
    private int next;
    private long round;
    private long token = NOT_READING;
    private int readFrom;
    private long dueMicros;
    private long patientUntil;

    SnapshotSender(int follower, SnapshotOffer offer, int pieceBytes, long patienceMicros, long dueMicros) {
        this.follower = follower;
        this.offer = offer;
        this.pieceBytes = pieceBytes;
        this.patienceMicros = patienceMicros;
        this.dueMicros = dueMicros;
    }

    int follower() {
        return follower;
    }

    SnapshotOffer offer() {
        return offer;
    }

    LogPosition last() {
        return offer.last();
    }

    /// Whether what this snapshot needs must be kept: the follower takes it, and has not stood still for too long.
    boolean isPinned(long now) {
        return isAnswered && now < patientUntil;
    }

    /// Whether the follower has not got on for so long that it may as well be offered a newer snapshot.
    boolean isGivenUp(long now) {
        return isAnswered && now >= patientUntil;
    }

    boolean isDue(long now) {
        return now >= dueMicros;
    }

    long dueMicros() {
        return dueMicros;
    }

    /// Something goes out; it is repeated at `repeatMicros` unless answered before.
    void sending(long repeatMicros) {
        dueMicros = repeatMicros;
    }

    /// What is under way may be lost. Until something new is answered, a single piece goes out at a time.
    void timedOut() {
        isFlowing = false;
        inFlight.clear();
        next = offer.placeOf(lacking);
    }

    // ---- answers -------------------------------------------------------------------------------------------

    /// Returns whether the answer brings news: then something can be sent at once.
    boolean answered(long now, Message.InstallSnapshotReply reply, long repeatMicros) {
        if (reply.round() < round || !isPossible(reply)) {
            return false;
        }
        round = reply.round();
        dueMicros = repeatMicros;
        boolean isNews = reply.imageHeld() < offer.file().size() ? tookImage(reply) : tookEntries(reply);
        isNews |= !isAnswered;
        isAnswered = true;
        isFlowing |= isNews;
        if (isNews || lacksNothing()) {
            patientUntil = now + patienceMicros;
        }
        return isNews;
    }

    /// All has arrived: the follower's disk is at work.
    private boolean lacksNothing() {
        return lacking > offer.last().index();
    }

    private boolean isPossible(Message.InstallSnapshotReply reply) {
        return reply.lastIndex() == offer.last().index()
                && reply.imageHeld() >= 0
                && reply.imageHeld() <= offer.file().size()
                && reply.lacking() >= 0
                && reply.lacking() <= offer.last().index() + 1;
    }

    /// Less than before means that the follower has begun anew.
    private boolean tookImage(Message.InstallSnapshotReply reply) {
        boolean isNews = reply.imageHeld() != imageHeld;
        imageHeld = reply.imageHeld();
        lacking = 0;
        inFlight.clear();
        return isNews;
    }

    private boolean tookEntries(Message.InstallSnapshotReply reply) {
        boolean isFirst = lacking == 0;
        if (!isFirst && reply.lacking() <= lacking) {
            return false;
        }
        imageHeld = reply.imageHeld();
        lacking = reply.lacking();
        while (!inFlight.isEmpty() && inFlight.getFirst() < lacking) {
            inFlight.removeFirst();
        }
        int place = offer.placeOf(lacking);
        next = isFirst ? place : Math.max(next, place);
        return true;
    }

    // ---- what goes out -------------------------------------------------------------------------------------

    /// Whether the next thing to send is a piece of the image.
    boolean wantsImage() {
        return isAnswered && imageHeld < offer.file().size();
    }

    int imagePosition() {
        return imageHeld;
    }

    Bytes imagePiece() {
        return offer.file().slice(imageHeld, (int) Math.min(offer.file().size(), (long) imageHeld + pieceBytes));
    }

    boolean isReading() {
        return token != NOT_READING;
    }

    /// The entries of the next piece: as many as fit, one at least; none if there is nothing to send, or no room under way,
    /// or the disk still reads for the piece before.
    List<Long> entriesToRead(LongToIntFunction bytesOf) {
        List<Long> wanted = new ArrayList<>();
        if (lacking == 0 || isReading() || inFlight.size() >= (isFlowing ? WINDOW_PIECES : 1)) {
            return wanted;
        }
        long bytes = 0;
        for (int place = next; place < offer.needed().length; place++) {
            bytes += bytesOf.applyAsInt(offer.needed()[place]);
            if (bytes > pieceBytes && !wanted.isEmpty()) {
                break;
            }
            wanted.add(offer.needed()[place]);
        }
        return wanted;
    }

    void reading(long readToken) {
        token = readToken;
        readFrom = next;
    }

    boolean reads(long readToken) {
        return token == readToken;
    }

    /// So many entries have been read, up to `lastIndex`. Returns whether they are the next to send: an answer may have come
    /// meanwhile that makes others so.
    boolean read(int entries, long lastIndex) {
        token = NOT_READING;
        if (readFrom != next || lacking == 0) {
            return false;
        }
        next += entries;
        inFlight.addLast(lastIndex);
        return true;
    }
}
