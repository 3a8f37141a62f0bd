package holdfast.wal;

import holdfast.Bytes;
import holdfast.raft.LogPosition;
import java.util.List;
import java.util.TreeSet;

/// The segment that every start begins with, holding again what nothing has proven. It is complete and synced
/// before it has its name, and it has its name before META names it; until then the old files are all there is,
/// and nobody has touched them.
final class NewTail {

    private final String name;
    private final String unfinished;
    private final Tail tail;
    private final BatchWriter batch;
    private final Bytes sealed;
    private final Proof proof;

    /// @param base where the log begins anew, because a snapshot replaces it, or null
    NewTail(SegmentHeader header, List<Frame> frames, LogPosition base, Places places) {
        name = StoreFiles.segment(header.segSeq());
        unfinished = StoreFiles.unfinished(name);
        tail = Tail.fresh(header);
        int count = frames.size() + (base == null ? 0 : 1);
        if (count == 0) {
            batch = null;
            sealed = Bytes.EMPTY;
            proof = null;
            return;
        }
        int bytes = base == null ? 0 : Frame.HEADER_BYTES;
        for (Frame frame : frames) {
            bytes += frame.length();
        }
        Batch encoded = new Batch(
                tail.checksum, header.segSeq(), tail.position(), header.lastBatchNo() + 1, bytes, count);
        batch = new BatchWriter(encoded, header.segSeq(), places, header.prev());
        fill(frames, base);
        sealed = batch.seal();
        proof = new Proof(name, tail.took(sealed.size(), count), batch.descriptors());
    }

    private void fill(List<Frame> frames, LogPosition base) {
        long truncation = 0;
        for (Frame frame : frames) {
            switch (frame.kind()) {
                case TRUNCATE -> truncation = frame.index();
                case ENTRY, CONFIG -> {
                    batch.append(frame.entry(), truncation);
                    truncation = 0;
                }
                case ARCHIVE -> batch.archive(frame.entry());
                case SNAPSHOT_BASE -> batch.reset(frame.base());
                case SEAL -> throw new IllegalStateException("a seal is not copied");
            }
        }
        if (base != null) {
            batch.reset(base);
        }
    }

    /// The steps that put it on disk.
    void write(Chain chain) {
        chain.zeroFill(unfinished, tail.header.segmentBytes());
        chain.write(unfinished, 0, Bytes.wrap(tail.header.encode()));
        if (batch != null) {
            chain.write(unfinished, tail.header.dataPosition(), sealed);
        }
        chain.sync(unfinished).rename(unfinished, name).syncDirectory();
    }

    /// @param segments those that are part of the log before this one
    WalStart start(MetaRecord meta, Places places, TreeSet<Long> segments) {
        SegmentHeader header = tail.header;
        segments.add(header.segSeq());
        return new WalStart(
                tail,
                header.lastBatchNo() + (batch == null ? 0 : 1),
                batch == null ? header.prev() : batch.logEnd(),
                proof,
                meta,
                places,
                segments);
    }
}
