package holdfast.node;

import holdfast.Bytes;
import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.raft.LogEntry;
import holdfast.raft.Member;
import holdfast.raft.Raft;
import holdfast.stream.Command;
import holdfast.stream.CommandCodec;
import holdfast.stream.Outcome;
import holdfast.stream.Stamp;
import holdfast.wal.Wal;

/// What clients and operators ask this node to write or to change, from the question to the answer: refused at once, or
/// proposed, stamped with the time, and answered when it is applied.
final class Proposals {

    private final NodeConfig config;
    private final Raft raft;
    private final Probe probe;
    private final PendingWrites pending;
    private final FullDisk fullDisk;
    private final ClockBound clockBound = new ClockBound();
    private long appliedTerm;

    Proposals(NodeConfig config, Raft raft, Wal wal, Probe probe) {
        this.config = config;
        this.raft = raft;
        this.probe = probe;
        pending = new PendingWrites(config.writesMax());
        fullDisk = new FullDisk(config, raft, wal, probe);
    }

    // ---- questions -----------------------------------------------------------------------------------------

    void write(long now, long requestId, ClientRequest.Write write, Effects effects) {
        boolean isBad = !CommandCodec.refusal(write.command(), config.appendBytesMax()).isEmpty();
        ClientReply.Cause refusal = isBad ? ClientReply.Cause.BAD_REQUEST : cause(raft.refusal());
        if (refusal != null) {
            refuse(requestId, refusal, effects);
            return;
        }
        Bytes payload = CommandCodec.encode(stamped(now, write.command()));
        if (fullDisk.refuses(payload.size())) {
            refuse(requestId, ClientReply.Cause.NO_SPACE, effects);
            return;
        }
        pending.await(raft.propose(now, payload), requestId);
    }

    private Command stamped(long now, Command command) {
        Stamp stamp = command.stamp();
        boolean isCurrent = appliedTerm == raft.term();
        return command.with(stamp.at(clockBound.stamp(stamp.millis(), raft.term(), isCurrent, now)));
    }

    void transfer(long now, long requestId, int target, Effects effects) {
        if (raft.transferTo(now, target)) {
            effects.answer(requestId, new ClientReply.Accepted());
        } else {
            probe.reached(Sometimes.TRANSFER_REFUSED);
            refuse(requestId, ClientReply.Cause.NOT_LEADER, effects);
        }
    }

    /// The operator may ask again: a disk that is in its place already, for good, is no news.
    void replaceDisk(long now, long requestId, ClientRequest.ReplaceDisk replace, Effects effects) {
        Member member = raft.membership().member(replace.node());
        boolean isDone = raft.isLeader() && member != null && member.isOn(replace.disk())
                && raft.membershipIndex() <= raft.commitIndex();
        if (isDone) {
            probe.reached(Sometimes.REPLACED_ALREADY);
            effects.answer(requestId, new ClientReply.DiskReplaced(member.since()));
            return;
        }
        ClientReply.Cause refusal = cause(raft.replaceRefusal(replace.node(), replace.disk()));
        if (refusal != null) {
            refuse(requestId, refusal, effects);
            return;
        }
        pending.await(raft.replaceDisk(now, replace.node(), replace.disk()), requestId);
    }

    private void refuse(long requestId, ClientReply.Cause cause, Effects effects) {
        effects.answer(requestId, new ClientReply.NotWritten(cause, raft.leader()));
    }

    /// Why nothing will be written, or null.
    private ClientReply.Cause cause(Raft.Refusal refusal) {
        return switch (refusal) {
            case NOT_LEADER -> because(ClientReply.Cause.NOT_LEADER, Sometimes.ASKED_OF_NO_LEADER);
            case TRANSFERRING -> because(ClientReply.Cause.TRANSFERRING, Sometimes.TRANSFER_HELD_UP_A_WRITE);
            case FORMING -> because(ClientReply.Cause.FORMING, Sometimes.FORMING_HELD_UP_A_WRITE);
            case CHANGING -> because(ClientReply.Cause.CHANGING, Sometimes.REPLACED_TOO_SOON);
            case NOT_REPLACEABLE -> because(ClientReply.Cause.BAD_REQUEST, Sometimes.REPLACED_IMPOSSIBLY);
            case OVERLOADED -> because(ClientReply.Cause.OVERLOADED, Sometimes.UNCOMMITTED_FULL);
            case NONE -> pending.isFull() ? because(ClientReply.Cause.OVERLOADED, Sometimes.WRITES_FULL) : null;
        };
    }

    private ClientReply.Cause because(ClientReply.Cause cause, Sometimes point) {
        probe.reached(point);
        return cause;
    }

    /// End of a turn: a leader that can take nothing any more lets another one lead.
    void handOverIfDue(long now) {
        fullDisk.handOverIfDue(now);
    }

    // ---- answers -------------------------------------------------------------------------------------------

    /// The machine stands at an entry of that term, and its clock there.
    void moved(long now, long term, long clockMillis) {
        appliedTerm = term;
        clockBound.moved(clockMillis, now);
    }

    void applied(LogEntry entry, Outcome outcome, Effects effects) {
        long requestId = pending.take(entry.index());
        if (requestId != PendingWrites.NONE) {
            ClientReply.Receipt receipt = new ClientReply.Receipt(entry.term(), entry.index(), raft.syncedBy(entry.index()));
            effects.answer(requestId, new ClientReply.Applied(outcome, receipt));
        }
    }

    void replaced(long index, Effects effects) {
        long requestId = pending.take(index);
        if (requestId != PendingWrites.NONE) {
            effects.answer(requestId, new ClientReply.DiskReplaced(index));
        }
    }

    /// Nothing that waits will be known here any more.
    void answerUnknown(ClientReply.Cause cause, Effects effects) {
        pending.answerUnknown(cause, 0, effects, probe);
    }
}
