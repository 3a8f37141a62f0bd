package holdfast.node;

import holdfast.Digest;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.raft.Sender;
import java.util.List;

/// Which messages a node of this version could have sent, as far as a message tells that by itself. Nobody computes with
/// the numbers of any other: it is dropped where it is decoded (`docs/format.md`, "Wire messages").
///
/// What depends on the receiver's own term and log is looked at where that is known: [holdfast.raft.Raft#onMessage].
final class WireBounds {

    /// Greatest term, index, round and life: far beyond what any cluster reaches, and small enough that the sum of two is
    /// still a number.
    static final long NUMBER_MAX = (1L << 62) - 1;

    private WireBounds() {}

    static boolean admit(Sender sender, Message message) {
        return sender.id() > 0
                && !sender.disk().equals(Digest.ZERO)
                && areNumbers(sender.since(), sender.life(), message.term())
                && admit(message);
    }

    private static boolean admit(Message message) {
        return switch (message) {
            case Message.PreVoteRequest m -> isCandidate(m.term(), m.lastIndex(), m.lastTerm());
            case Message.PreVoteReply m -> areNumbers(m.askedTerm()) && (!m.granted() || m.askedTerm() > m.term());
            case Message.VoteRequest m -> isCandidate(m.term(), m.lastIndex(), m.lastTerm());
            case Message.AppendEntries m -> isPosition(m.previous())
                    && areNumbers(m.commitIndex(), m.round())
                    && isRun(m.previous(), m.entries(), m.term());
            case Message.AppendAccepted m -> areNumbers(m.matchedIndex(), m.durableIndex(), m.round())
                    && m.durableIndex() <= m.matchedIndex();
            case Message.AppendRejected m -> areNumbers(m.rejectedIndex(), m.conflictTerm(), m.conflictIndex(), m.round())
                    && m.conflictTerm() <= m.term();
            case Message.InstallSnapshot m -> isPosition(m.last())
                    && m.last().term() <= m.term()
                    && areNumbers(m.position(), m.imageBytes(), m.round());
            case Message.InstallSnapshotReply m -> areNumbers(m.lastIndex(), m.imageHeld(), m.lacking(), m.round());
            case Message.ReadIndexRequest m -> m.id() > 0;
            case Message.ReadIndexReply m -> m.id() > 0
                    && (m.index() == Message.ReadIndexReply.REFUSED || areNumbers(m.index()));
            case Message.VoteReply _, Message.TimeoutNow _ -> true;
        };
    }

    /// Whoever asks for votes in a term has no entry of it yet.
    private static boolean isCandidate(long term, long lastIndex, long lastTerm) {
        return areNumbers(lastIndex, lastTerm) && lastTerm < term;
    }

    /// Whether the entries follow the position and each other, none younger than the term of their leader.
    private static boolean isRun(LogPosition previous, List<LogEntry> entries, long term) {
        long index = previous.index();
        long last = previous.term();
        for (LogEntry entry : entries) {
            index++;
            if (entry.index() != index || entry.term() < last) {
                return false;
            }
            last = entry.term();
        }
        return last <= term;
    }

    static boolean isPosition(LogPosition position) {
        return position.index() == 0
                ? position.equals(LogPosition.ORIGIN)
                : areNumbers(position.index(), position.term());
    }

    /// Whether the entry could stand in some log.
    static boolean isPlaced(LogEntry entry) {
        return entry.index() > 0 && areNumbers(entry.index(), entry.term());
    }

    private static boolean areNumbers(long... numbers) {
        for (long number : numbers) {
            if (number < 0 || number > NUMBER_MAX) {
                return false;
            }
        }
        return true;
    }
}
