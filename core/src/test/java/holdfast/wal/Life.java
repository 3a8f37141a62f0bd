package holdfast.wal;

import holdfast.raft.LogEntry;

/// One life of a store, from its first start through rolls, changes of term and vote, a truncation, a snapshot with its
/// compaction, to the installation of a foreign snapshot. It can be ended after any operation of the disk.
final class Life {

    /// The disk has performed as many operations as it may.
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    final FakeDisk disk;
    final Promises promises = new Promises();
    final Host host;
    private final Entries log = new Entries();
    private final boolean installs;
    private int operationsLeft;

    /// @param operations how many operations of the disk happen
    Life(FakeDisk disk, int operations) {
        this(disk, operations, true);
    }

    private Life(FakeDisk disk, int operations, boolean installs) {
        this.disk = disk;
        this.installs = installs;
        this.operationsLeft = operations;
        this.host = new Host(disk, Host.config(1));
    }

    /// How many operations the whole life takes.
    static int operations() {
        return lived().disk.performed().size();
    }

    /// A whole life.
    static Life lived() {
        Life life = new Life(Host.formatted(), Integer.MAX_VALUE);
        life.live();
        return life;
    }

    /// A life that ends before the foreign snapshot: an old segment is kept for what the own one needs, and the
    /// segments behind it are gone.
    static Life livedUntilCompaction() {
        Life life = new Life(Host.formatted(), Integer.MAX_VALUE, false);
        life.live();
        return life;
    }

    /// Returns whether it came to its end by itself.
    boolean live() {
        try {
            run();
            appendAndRoll();
            truncate();
            snapshot();
            if (installs) {
                install();
            }
            return true;
        } catch (Ended _) {
            return false;
        }
    }

    private void appendAndRoll() {
        for (int i = 1; i <= 4; i++) {
            promises.persist(host, i, i % 3);
            promises.append(host, 0, log.next(i, 900, 3));
            step(2);
            promises.append(host, 0, log.next(i, 1_500));
            if (i == 2) {
                idle();
            }
            run();
        }
    }

    private void truncate() {
        long last = log.last();
        promises.append(host, 0, log.next(4, 300, 2));
        run();
        promises.append(host, 0, log.next(4, 300, 2));
        step(1);
        log.truncateFrom(last + 1);
        promises.append(host, last + 1, log.next(5, 200, 2));
        promises.persist(host, 5, 2);
        run();
    }

    private void snapshot() {
        long last = log.last() - 1;
        promises.save(host, log.snapshot(last), log.get(3), log.get(4));
        promises.append(host, 0, log.next(5, 2_000, 2));
        run();
        if (host.saved.size() == 1) {
            promises.compact(host);
        }
        promises.append(host, 0, log.next(5, 2_000, 3));
        run();
        idle();
    }

    /// As a follower that the leader sends a snapshot of another history.
    private void install() {
        Entries leader = new Entries();
        leader.next(1, 10, 39);
        LogEntry[] archived = {leader.get(5), leader.get(20), leader.get(33)};
        promises.append(host, 0, log.next(5, 100));
        promises.archive(host, archived);
        promises.save(host, leader.snapshot(38), archived);
        run();
        promises.reset(host, leader.position(38));
        promises.append(host, 0, leader.get(39), leader.get(40));
        run();
        promises.compact(host);
        promises.append(host, 0, leader.next(6, 3_000, 3));
        run();
        idle();
    }

    // ---- time ----------------------------------------------------------------------------------------------

    private void run() {
        host.flush();
        while (step()) {
            continue;
        }
    }

    private void step(int count) {
        host.flush();
        for (int i = 0; i < count; i++) {
            step();
        }
    }

    private boolean step() {
        if (disk.isIdle()) {
            return false;
        }
        if (operationsLeft-- == 0) {
            throw new Ended();
        }
        host.now++;
        host.step();
        if (host.recovery.outcome() instanceof Recovery.Failed) {
            throw new Ended();
        }
        return true;
    }

    private void idle() {
        host.now += Host.IDLE_MICROS;
        run();
    }
}
