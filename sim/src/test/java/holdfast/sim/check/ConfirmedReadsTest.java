package holdfast.sim.check;

import static holdfast.sim.check.Objections.objects;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Node 1 leads term 4 of three; the packets between it and node 2 are spoken here.
class ConfirmedReadsTest {

    private static final long TERM = 4;
    private static final Message.ReadIndexRequest QUESTION = new Message.ReadIndexRequest(TERM, 7);

    private final ConfirmedReads oracle = new ConfirmedReads(LoneNode.NODES);
    private final Raft leader = new LoneNode(1).leads(TERM).replica().raft();
    private final Raft follower = new LoneNode(2).replica().raft();
    private long there;
    private long back;

    /// The leader sends a packet; returns its number.
    private long sends() {
        oracle.sent(1, 2, there);
        return there++;
    }

    /// Node 2 takes it and answers; returns the number of the answer.
    private long answers(long packet) {
        oracle.taking(2, 1, packet, TERM, follower);
        oracle.sent(2, 1, back);
        return back++;
    }

    private void hears(long answer) {
        oracle.taking(1, 2, answer, TERM, leader);
    }

    private void confirms() {
        oracle.answered(1, 3, new Message.ReadIndexReply(TERM, 7, 2), leader);
    }

    private void mayNotConfirm() {
        objects("confirmed-reads", "node 1 confirms read 7 of node 3 in term 4, but only 0 others", this::confirms);
    }

    @Test
    @DisplayName("a read is confirmed by the answer to a packet that was sent after it was asked")
    void confirmed() {
        oracle.asked(1, 3, QUESTION, leader);
        mayNotConfirm();
        long answer = answers(sends());
        mayNotConfirm();
        hears(answer);
        confirms();
    }

    @Test
    @DisplayName("an answer to an older packet confirms nothing, however late it comes")
    void olderPacket() {
        long packet = sends();
        oracle.asked(1, 3, QUESTION, leader);
        hears(answers(packet));
        mayNotConfirm();
    }

    @Test
    @DisplayName("neither does a packet that was taken in a later term, nor one that a life before has taken")
    void otherTermsAndLives() {
        oracle.asked(1, 3, QUESTION, leader);
        oracle.taking(2, 1, sends(), TERM - 1, new LoneNode(2).leads(TERM).replica().raft());
        oracle.sent(2, 1, back);
        hears(back++);
        mayNotConfirm();
        oracle.taking(2, 1, sends(), TERM, follower);
        oracle.processEnded(2);
        oracle.sent(2, 1, back);
        hears(back++);
        mayNotConfirm();
    }

    @Test
    @DisplayName("a copy of the question asks nothing new; a question that nobody asked is not confirmed")
    void questions() {
        objects("confirmed-reads", "in which it was not asked as the leader", this::confirms);
        oracle.asked(1, 3, QUESTION, leader);
        hears(answers(sends()));
        oracle.asked(1, 3, QUESTION, leader);
        confirms();
        oracle.answered(1, 2, new Message.ReadIndexReply(TERM, 8, Message.ReadIndexReply.REFUSED), leader);
    }

    @Test
    @DisplayName("a client of the leader is judged when it is answered, unless it asked for less")
    void clients() {
        ClientReply served = new ClientReply.NoSuchStream();
        oracle.asked(1, 5, new ClientRequest.Tail("s", ClientRequest.Level.LOCAL, ClientRequest.NO_INDEX), leader);
        oracle.answered(1, 5, served, leader);
        oracle.asked(1, 6, new ClientRequest.Tail("s", ClientRequest.Level.LINEARIZABLE, ClientRequest.NO_INDEX), leader);
        objects("confirmed-reads", "request 6 of a client", () -> oracle.answered(1, 6, served, leader));
    }
}
