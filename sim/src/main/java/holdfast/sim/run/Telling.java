package holdfast.sim.run;

import holdfast.Bytes;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.node.MessageCodec;
import holdfast.node.Packet;
import holdfast.node.Replica;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.history.Event;
import holdfast.sim.history.HistoryText;
import java.util.TreeMap;

/// Events as lines for people. Builds no text unless somebody listens.
final class Telling {

    private static final int TEXT_MAX = 160;

    private static final int NODE_SHIFT = 56;

    private final Trace trace;
    /// Operations under way, for their texts.
    private final TreeMap<Long, String> submitted = new TreeMap<>();
    private final String[] role;
    private final long[] commitIndex;

    Telling(Trace trace, int nodes) {
        this.trace = trace;
        role = new String[nodes + 1];
        commitIndex = new long[nodes + 1];
    }

    void line(String kind, String text) {
        if (trace.wantsLines()) {
            trace.line(kind, text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + HistoryText.CUT);
        }
    }

    void delivered(int from, Bytes packet) {
        if (trace.wantsLines()) {
            Packet received = MessageCodec.decode(from, packet);
            line("from n" + from, text(received == null ? null : received.message()));
        }
    }

    private static String text(Message.InstallSnapshot m) {
        return switch (m.piece()) {
            case IMAGE -> "bytes from " + m.position() + " of " + m.imageBytes();
            case ENTRIES -> m.data().size() + " bytes of entries";
        };
    }

    private static String text(Message message) {
        return switch (message) {
            case null -> "bytes that are no message";
            case Message.PreVoteRequest m -> "pre-vote request for term " + m.term() + ", log ends at " + m.lastIndex()
                    + " of term " + m.lastTerm();
            case Message.PreVoteReply m -> "pre-vote for term " + m.askedTerm() + (m.granted() ? " granted" : " refused");
            case Message.VoteRequest m -> "vote request for term " + m.term() + ", log ends at " + m.lastIndex()
                    + " of term " + m.lastTerm() + (m.transfer() ? ", by transfer" : "");
            case Message.VoteReply m -> "vote of term " + m.term() + (m.granted() ? " granted" : " refused");
            case Message.AppendEntries m -> "append term " + m.term() + " after " + m.previous().index() + ": "
                    + m.entries().size() + " entries, commit " + m.commitIndex() + ", round " + m.round();
            case Message.AppendAccepted m -> "accepted term " + m.term() + " up to " + m.matchedIndex()
                    + (m.durableIndex() < m.matchedIndex() ? ", durable up to " + m.durableIndex() : "")
                    + ", round " + m.round();
            case Message.AppendRejected m -> "rejected term " + m.term() + " at " + m.rejectedIndex()
                    + ", conflict from " + m.conflictIndex() + " of term " + m.conflictTerm();
            case Message.InstallSnapshot m -> "snapshot at " + m.last().index() + ": " + text(m);
            case Message.InstallSnapshotReply m -> "snapshot at " + m.lastIndex()
                    + (m.installed() ? " installed" : ": has " + m.imageHeld() + " bytes, lacks from " + m.lacking());
            case Message.TimeoutNow m -> "time out now, term " + m.term();
            case Message.ReadIndexRequest m -> "read index wanted, id " + m.id();
            case Message.ReadIndexReply m -> "read index " + m.index() + " for id " + m.id();
        };
    }

    void submitted(int node, DiskOp operation) {
        if (trace.wantsLines()) {
            submitted.put((long) node << NODE_SHIFT | operation.id(), text(operation));
        }
    }

    private static String text(DiskOp operation) {
        return switch (operation) {
            case DiskOp.List _ -> "list";
            case DiskOp.Read op -> "read " + op.file() + " at " + op.position() + ", " + op.length() + " bytes";
            case DiskOp.ZeroFill op -> "zero-fill " + op.file() + ", " + op.length() + " bytes";
            case DiskOp.Write op -> "write " + op.file() + " at " + op.position() + ", " + op.data().size() + " bytes";
            case DiskOp.Sync op -> "sync " + op.file();
            case DiskOp.Rename op -> "rename " + op.from() + " to " + op.to();
            case DiskOp.Delete op -> "delete " + op.file();
            case DiskOp.SyncDirectory _ -> "sync directory";
        };
    }

    void diskDone(int node, long operation, DiskResult result) {
        if (trace.wantsLines()) {
            String what = submitted.remove((long) node << NODE_SHIFT | operation);
            line("disk", (what == null ? "" : what + ": ") + switch (result) {
                case DiskResult.Done _ -> "done";
                case DiskResult.Data data -> data.bytes().size() + " bytes";
                case DiskResult.Listing listing -> listing.files().size() + " files";
                case DiskResult.Failed failed -> "FAILED, " + failed.detail();
            });
        }
    }

    void invoked(int op, int client, Call call) {
        if (trace.wantsLines() || trace.wantsHistory()) {
            client(client, new Event.Invoked(op, client, call));
        }
    }

    void told(int op, int client, Answer answer) {
        if (trace.wantsLines() || trace.wantsHistory()) {
            client(client, new Event.Answered(op, answer));
        }
    }

    private void client(int client, Event event) {
        String text = HistoryText.line(event);
        line("client " + client, text);
        if (trace.wantsHistory()) {
            trace.history(text);
        }
    }

    void asked(long requestId, ClientRequest request) {
        if (trace.wantsLines()) {
            line("request", requestId + ": " + request);
        }
    }

    void answered(long requestId, ClientReply reply) {
        if (trace.wantsLines()) {
            line("reply", requestId + ": " + reply);
        }
    }

    void processEnded(int node) {
        role[node] = null;
        commitIndex[node] = 0;
        line("end", "the process is gone");
    }

    /// What has changed by this turn, if it is something to tell.
    void turnEnded(int node, Replica replica) {
        if (!trace.wantsLines()) {
            return;
        }
        Raft raft = replica.raft();
        String now = (raft.isLeader() ? "leads" : raft.leader() == 0 ? "has no leader in" : "follows n" + raft.leader() + " in")
                + " term " + raft.term();
        if (!now.equals(role[node])) {
            role[node] = now;
            trace.note(now + ", log ends at " + raft.last().index() + " of term " + raft.last().term());
        }
        if (raft.commitIndex() != commitIndex[node]) {
            commitIndex[node] = raft.commitIndex();
            trace.note("committed up to " + raft.commitIndex() + ", durable here up to " + raft.durableIndex());
        }
    }
}
