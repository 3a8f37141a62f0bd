package holdfast.wal;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.env.DiskResult;
import holdfast.raft.HardState;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Membership;
import holdfast.raft.Voters;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One node's store and the process that uses it: asks, lets the disk work operation by operation, and notes what it
/// hears. A new process on the same disk is a new [Host].
final class Host implements WalEvents {

    static final long IDLE_MICROS = 50_000;

    final FakeDisk disk;
    final WalConfig config;
    final Set<Sometimes> reached = EnumSet.noneOf(Sometimes.class);
    final Probe probe = reached::add;
    final WalRecovery recovery;
    Wal wal;
    SnapshotStore snapshots;
    Recovery.Ready ready;
    long now;

    // What was heard.
    long durable;
    long hardStateDurable;
    final List<LogPosition> saved = new ArrayList<>();
    final Map<Long, List<LogEntry>> read = new HashMap<>();
    final List<String> poisoned = new ArrayList<>();
    final List<String> damaged = new ArrayList<>();
    final List<Long> unreadable = new ArrayList<>();

    private long lastWrite;
    private long lastMeta;
    private long lastToken;

    Host(FakeDisk disk, WalConfig config) {
        this.disk = disk;
        this.config = config;
        recovery = new WalRecovery(config, probe);
        recovery.start(disk);
    }

    /// Small enough that a handful of entries fills a segment.
    static WalConfig config(int node) {
        return config(node, 28_672, 64, 8_192);
    }

    static WalConfig config(int node, int segmentBytes, int descriptorSlots, int batchBytesMax) {
        return new WalConfig(
                new Digest(0x0C, 0x1D), node, new Digest(0xD15C, node),
                segmentBytes, descriptorSlots, batchBytesMax, IDLE_MICROS);
    }

    /// A process on this disk that has recovered, or has been refused.
    static Host started(FakeDisk disk) {
        return started(disk, config(1));
    }

    static Host started(FakeDisk disk, WalConfig config) {
        Host host = new Host(disk, config);
        host.run();
        return host;
    }

    static Host fresh() {
        return started(formatted());
    }

    /// A disk with the store of node 1, fresh from its formatting.
    static FakeDisk formatted() {
        return formatted(config(1));
    }

    static FakeDisk formatted(WalConfig config) {
        return formatted(config, Voters.bound(3));
    }

    static FakeDisk formatted(WalConfig config, Membership first) {
        FakeDisk disk = new FakeDisk();
        Formatting formatting = new Formatting(config.storeId(), first, Bytes.EMPTY);
        formatting.start(disk);
        while (!formatting.isOver()) {
            long id = disk.next().id();
            formatting.onDone(id, disk.perform(), disk);
        }
        return disk.copy();
    }

    /// Another process on the same disk, after this one was killed.
    Host restarted() {
        disk.processCrash();
        return started(disk);
    }

    String refusal() {
        return recovery.outcome() instanceof Recovery.Refused refused ? refused.report() : "";
    }

    boolean isReady() {
        return recovery.outcome() instanceof Recovery.Ready;
    }

    // ---- asking --------------------------------------------------------------------------------------------

    long append(long truncateFrom, LogEntry... entries) {
        wal.append(++lastWrite, truncateFrom, List.of(entries));
        return lastWrite;
    }

    long archive(LogEntry... entries) {
        wal.archive(++lastWrite, List.of(entries));
        return lastWrite;
    }

    long reset(LogPosition base) {
        wal.resetTo(++lastWrite, base);
        return lastWrite;
    }

    long persist(long term, int vote) {
        wal.persist(++lastMeta, new HardState(term, vote));
        return lastMeta;
    }

    void save(Snapshot snapshot) {
        snapshots.save(snapshot, disk);
    }

    void compact(long lastIndex, long... needed) {
        wal.compact(lastIndex, needed, disk);
    }

    long ask(Long... indexes) {
        wal.read(++lastToken, List.of(indexes), disk);
        return lastToken;
    }

    // ---- turns ---------------------------------------------------------------------------------------------

    void flush() {
        if (wal != null) {
            snapshots.flush(now, disk);
            wal.flush(now, disk);
        }
    }

    /// When the store wants to be called again if nothing happens.
    long nextDeadline() {
        return Math.min(wal.nextDeadline(), snapshots.nextDeadline());
    }

    /// Why the disk stopped the start, or empty.
    String failure() {
        return recovery.outcome() instanceof Recovery.Failed failed ? failed.report() : "";
    }

    /// One operation of the disk, and the turn that its result makes. Returns whether there was one.
    boolean step() {
        if (disk.isIdle()) {
            return false;
        }
        long id = disk.next().id();
        DiskResult result = disk.perform();
        deliver(id, result);
        flush();
        return true;
    }

    private void deliver(long id, DiskResult result) {
        if (wal == null) {
            if (recovery.owns(id)) {
                recovery.onDone(id, result, disk);
            }
            if (recovery.outcome() instanceof Recovery.Ready outcome) {
                ready = outcome;
                wal = outcome.wal();
                snapshots = outcome.snapshots();
            }
        } else if (wal.owns(id)) {
            wal.onDone(now, id, result, disk, this);
        } else if (snapshots.owns(id)) {
            snapshots.onDone(now, id, result, disk, this);
        }
    }

    /// A turn, and everything that follows from it without the passing of time.
    Host run() {
        flush();
        while (step()) {
            now++;
        }
        return this;
    }

    /// As [#run], and then the idle time passes.
    Host settle() {
        run();
        now += IDLE_MICROS;
        return run();
    }

    // ---- hearing -------------------------------------------------------------------------------------------

    @Override
    public void entriesDurable(long writeNumber) {
        durable = writeNumber;
    }

    @Override
    public void hardStateDurable(long metaNumber) {
        hardStateDurable = metaNumber;
    }

    @Override
    public void entriesRead(long token, List<LogEntry> entries) {
        read.put(token, entries);
    }

    @Override
    public void snapshotSaved(LogPosition last) {
        saved.add(last);
    }

    @Override
    public void poisoned(String report) {
        poisoned.add(report);
    }

    @Override
    public void entriesUnreadable(long token, String report) {
        unreadable.add(token);
        damaged.add(report);
    }

    @Override
    public void damaged(String report) {
        damaged.add(report);
    }
}
