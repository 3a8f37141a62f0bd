package holdfast.sim.check;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.node.Replica;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import java.util.Arrays;
import java.util.TreeMap;

/// A leader may call a read confirmed only if it still led after the read was asked (thesis §6.4): since then a majority
/// has taken a packet that this leadership sent after the question, in no later term, and has answered it, and the leader
/// has taken that answer. [FreshReads] sees a false confirmation only when something was committed in between; this
/// oracle sees each one.
///
/// It believes no message: it follows the packets themselves. Who has taken what is stamped on every packet that goes
/// back, and what the leader says about rounds is not looked at. A read that the leader's own client asked is judged when
/// it is answered, which is later than its confirmation if its bytes come from the disk.
public final class ConfirmedReads implements NodeOracle {

    private static final String NAME = "confirmed-reads";

    /// How much of one leadership's words somebody has taken: every packet before number `end` that was sent in `term` is
    /// no younger than the youngest one taken.
    private record Mark(long term, long end) {

        static final Mark NONE = new Mark(0, 0);

        Mark with(Mark other) {
            boolean isOlder = other.term < term || (other.term == term && other.end <= end);
            return isOlder ? this : other;
        }
    }

    /// @param end for each node, the number that the leader's next packet to it had when the read was asked
    private record Asked(long term, long[] end) {}

    /// One direction between two nodes. A link from a node to itself stands for its clients.
    private static final class Link {
        /// What the sender has asked the receiver to confirm.
        private final TreeMap<Long, Asked> reads = new TreeMap<>();
        /// Packets sent so far.
        private long sent;
        /// What the receiver has taken of the sender's leadership.
        private Mark taken = Mark.NONE;
        /// What the receiver knows to have been taken by the sender: the youngest stamp that has arrived.
        private Mark returned = Mark.NONE;
        /// By packet: what its sender had taken from its receiver when it sent the packet.
        private Mark[] stamps = new Mark[64];

        void stamp(long number, Mark mark) {
            if (number >= stamps.length) {
                stamps = Arrays.copyOf(stamps, 2 * stamps.length);
            }
            stamps[(int) number] = mark;
            sent = number + 1;
        }
    }

    private final int nodes;
    private final Link[][] links;

    public ConfirmedReads(int nodes) {
        this.nodes = nodes;
        links = new Link[nodes + 1][nodes + 1];
        for (int one = 1; one <= nodes; one++) {
            for (int other = 1; other <= nodes; other++) {
                links[one][other] = new Link();
            }
        }
    }

    // ---- packets -------------------------------------------------------------------------------------------

    /// Node `from` hands packet `number` of this link to the network.
    public void sent(int from, int to, long number) {
        links[from][to].stamp(number, links[to][from].taken);
    }

    /// Node `node` is about to act upon a packet of `from` that says `term`, and is in the state of `raft`.
    public void taking(int node, int from, long number, long term, Raft raft) {
        Link link = links[from][node];
        if (term >= raft.term()) {
            link.taken = link.taken.with(new Mark(term, number + 1));
        }
        link.returned = link.returned.with(link.stamps[(int) number]);
    }

    // ---- reads ---------------------------------------------------------------------------------------------

    /// A client's request reaches `node`.
    public void asked(int node, long requestId, ClientRequest request, Raft raft) {
        if (raft.isLeader() && FreshReads.level(request) == ClientRequest.Level.LINEARIZABLE) {
            links[node][node].reads.put(requestId, asked(node, raft));
        }
    }

    /// Node `node` is about to act upon a follower's question; a copy of it asks nothing new.
    public void asked(int node, int from, Message.ReadIndexRequest request, Raft raft) {
        Asked before = links[from][node].reads.get(request.id());
        if (raft.isLeader() && request.term() == raft.term() && (before == null || before.term < raft.term())) {
            links[from][node].reads.put(request.id(), asked(node, raft));
        }
    }

    private Asked asked(int node, Raft raft) {
        long[] end = new long[nodes + 1];
        for (int peer = 1; peer <= nodes; peer++) {
            end[peer] = links[node][peer].sent;
        }
        return new Asked(raft.term(), end);
    }

    /// Node `node` answers a client.
    public void answered(int node, long requestId, ClientReply reply, Raft raft) {
        Asked asked = links[node][node].reads.remove(requestId);
        boolean isServed = switch (reply) {
            case ClientReply.Records _, ClientReply.Tail _, ClientReply.NoSuchStream _, ClientReply.StreamGone _,
                    ClientReply.PastTail _ -> true;
            case ClientReply.Applied _, ClientReply.NotWritten _, ClientReply.Unknown _, ClientReply.ReadFailed _,
                    ClientReply.Accepted _, ClientReply.DiskReplaced _ -> false;
        };
        if (asked != null && isServed && raft.isLeader() && raft.term() == asked.term) {
            judge(node, asked, raft, "request " + requestId + " of a client");
        }
    }

    /// Node `node` tells `to` a read index, or that it has none.
    public void answered(int node, int to, Message.ReadIndexReply reply, Raft raft) {
        if (reply.index() == Message.ReadIndexReply.REFUSED) {
            return;
        }
        Asked asked = links[to][node].reads.get(reply.id());
        if (asked == null || !raft.isLeader() || raft.term() != asked.term) {
            throw new Violation(NAME, "node " + node + " confirms read " + reply.id() + " of node " + to + " in term "
                    + raft.term() + ", in which it was not asked as the leader");
        }
        judge(node, asked, raft, "read " + reply.id() + " of node " + to);
    }

    private void judge(int node, Asked asked, Raft raft, String read) {
        int reached = 1;
        for (int voter : raft.membership().voters()) {
            Mark back = links[voter][node].returned;
            if (voter != node && back.term == asked.term && back.end > asked.end[voter]) {
                reached++;
            }
        }
        if (reached < raft.membership().quorum()) {
            throw new Violation(NAME, "node " + node + " confirms " + read + " in term " + asked.term + ", but only "
                    + (reached - 1) + " others have taken and answered what it has sent since it was asked");
        }
    }

    // ---- nodes ---------------------------------------------------------------------------------------------

    @Override
    public void afterTurn(int node, Replica replica) {}

    /// What a process has taken and heard is gone with it.
    @Override
    public void processEnded(int node) {
        for (int peer = 1; peer <= nodes; peer++) {
            links[peer][node].taken = Mark.NONE;
            links[peer][node].returned = Mark.NONE;
            links[peer][node].reads.clear();
        }
    }
}
