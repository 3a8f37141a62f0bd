package holdfast.server.loop;

import holdfast.node.Node;
import holdfast.node.Replica;
import holdfast.raft.Raft;
import holdfast.server.NodePort.Role;
import holdfast.server.NodePort.Status;
import holdfast.server.peer.Roster;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What the node is, as the loop last saw it, for any thread to read and for some to wait upon.
final class StatusBoard {

    private final int self;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Status status;
    private volatile Roster roster = Roster.UNKNOWN;
    private final CatchUp catchUp = new CatchUp();
    private volatile String missing = "";

    StatusBoard(int self) {
        this.self = self;
        status = new Status(self, Role.RECOVERING, 0, 0, 0, 0, List.of());
    }

    Status status() {
        return status;
    }

    Roster roster() {
        return roster;
    }

    String missing() {
        return missing;
    }

    /// Called by the loop after each turn. Returns whether something other than an index has changed.
    boolean publish(Node node) {
        publishRoster(node.replica());
        Status before = status;
        Status now = of(node);
        if (now.equals(before)) {
            return false;
        }
        status = now;
        boolean news = now.role() != before.role() || now.leader() != before.leader() || now.term() != before.term();
        if (news) {
            signal();
        }
        return news;
    }

    private void publishRoster(Replica replica) {
        if (replica != null) {
            missing = catchUp.missing(replica);
            Raft raft = replica.raft();
            roster = new Roster(raft.committedMembership(), raft.self().since());
        }
    }

    void publishStopped() {
        Status last = status;
        status = new Status(
                self, Role.STOPPED, 0, last.term(), last.commitIndex(), last.appliedIndex(), last.voters());
        signal();
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Status of(Node node) {
        Replica replica = node.replica();
        if (replica == null) {
            return new Status(self, node.isHalted() ? Role.STOPPED : Role.RECOVERING, 0, 0, 0, 0, List.of());
        }
        Raft raft = replica.raft();
        return new Status(
                self, roleOf(raft), raft.leader(), raft.term(), raft.commitIndex(), replica.appliedIndex(),
                raft.membership().voters());
    }

    /// Whoever voted for itself and knows no leader is a candidate, or was one a moment ago.
    private Role roleOf(Raft raft) {
        if (raft.isLeader()) {
            return Role.LEADER;
        }
        return raft.leader() == 0 && raft.hardState().votedFor() == self ? Role.CANDIDATE : Role.FOLLOWER;
    }

    Status awaitLeader(long staleTerm, long timeoutMillis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        lock.lock();
        try {
            Status seen = status;
            while (left > 0 && (seen.leader() == 0 || seen.term() == staleTerm) && seen.role() != Role.STOPPED) {
                left = changed.awaitNanos(left);
                seen = status;
            }
            return seen;
        } finally {
            lock.unlock();
        }
    }
}
