package holdfast.wal;

import holdfast.raft.HardState;

/// Keeps term, vote and tail on disk: first one copy with its own sync, then the other. A change that is asked
/// for while one is under way waits; of several that wait, the last one is written for all.
final class MetaWriter {

    private MetaRecord durable;
    private HardState wantedState;
    private long wantedTail;
    private long wantedNumber;
    private MetaRecord writing;
    private long writingNumber;
    private long durableNumber;
    private Chain chain = new Chain();

    MetaWriter(MetaRecord durable) {
        this.durable = durable;
        wantedState = durable.hardState();
        wantedTail = durable.tailSegSeq();
    }

    /// What both copies have said since the last change was complete.
    MetaRecord durable() {
        return durable;
    }

    /// All hard states with a number up to this one have been overtaken or are on stable storage, twice.
    long durableNumber() {
        return durableNumber;
    }

    void persist(long metaNumber, HardState state) {
        wantedNumber = metaNumber;
        wantedState = state;
    }

    void moveTailTo(long segSeq) {
        wantedTail = segSeq;
    }

    void flush(DiskOut disk) {
        if (chain.isUnderWay() || (wantedNumber == durableNumber && wantedTail == durable.tailSegSeq())) {
            return;
        }
        writing = new MetaRecord(durable.owner(), durable.seq() + 1, wantedState, wantedTail);
        writingNumber = wantedNumber;
        chain = rewrite(new Chain(), writing, StoreFiles.META_A, StoreFiles.META_B);
        chain.start(disk);
    }

    /// The whole protocol: the second copy is touched only when the first is durable.
    static Chain rewrite(Chain chain, MetaRecord record, String first, String second) {
        return chain.write(first, 0, record.encode()).sync(first).write(second, 0, record.again().encode()).sync(second);
    }

    boolean owns(long id) {
        return chain.owns(id);
    }

    /// The operation under way has succeeded. Returns whether a change is now durable.
    boolean succeeded(DiskOut disk) {
        if (!chain.succeeded(disk)) {
            return false;
        }
        durable = writing.again();
        durableNumber = writingNumber;
        return true;
    }
}
