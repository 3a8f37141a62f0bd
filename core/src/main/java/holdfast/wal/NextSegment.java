package holdfast.wal;

import holdfast.Check;

/// The segment after the current one, prepared before it is needed: filled with zeros and synced under a
/// temporary name, renamed, its name made durable. So a later append changes neither size nor block map, and a
/// roll costs no more than any other batch.
final class NextSegment {

    private final int segmentBytes;
    private long segSeq;
    private Chain chain = new Chain();
    private boolean isReady;

    NextSegment(long segSeq, int segmentBytes) {
        this.segSeq = segSeq;
        this.segmentBytes = segmentBytes;
    }

    boolean isReady() {
        return isReady;
    }

    long segSeq() {
        return segSeq;
    }

    void flush(DiskOut disk) {
        if (isReady || chain.isUnderWay()) {
            return;
        }
        String name = StoreFiles.segment(segSeq);
        String unfinished = StoreFiles.unfinished(name);
        chain = new Chain()
                .zeroFill(unfinished, segmentBytes)
                .sync(unfinished)
                .rename(unfinished, name)
                .syncDirectory();
        chain.start(disk);
    }

    boolean owns(long id) {
        return chain.owns(id);
    }

    void succeeded(DiskOut disk) {
        isReady = chain.succeeded(disk);
    }

    /// The prepared segment is in use from here on; the one after it is prepared next.
    void take() {
        Check.that(isReady, "a segment is used when it is prepared");
        isReady = false;
        segSeq++;
    }
}
