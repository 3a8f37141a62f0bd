package holdfast.wal;

/// The end of the log on disk: the segment that batches go to, how far it is filled, and what the next batch
/// continues. `header` is written together with the segment's first batch.
final class Tail {

    final SegmentHeader header;
    final String file;
    final Checksum checksum;
    private int position;
    private int slots;

    private Tail(SegmentHeader header, int position, int slots) {
        this.header = header;
        checksum = Checksum.of(header.owner());
        this.file = StoreFiles.segment(header.segSeq());
        this.position = position;
        this.slots = slots;
    }

    /// A segment that nothing has been written to.
    static Tail fresh(SegmentHeader header) {
        return new Tail(header, header.dataPosition(), 0);
    }

    /// Where the next batch begins.
    int position() {
        return position;
    }

    /// Bytes of frames that one more batch can have.
    int frameRoom() {
        return header.segmentBytes() - position - Batch.SEAL_BYTES;
    }

    /// Frames that still can have a descriptor.
    int slotsLeft() {
        return header.descriptorSlots() - slots;
    }

    /// A batch of so many bytes and frames is on its way. Returns where its proofs belong.
    int took(int batchBytes, int frames) {
        int proofs = SegmentHeader.COPIES_BYTES + slots * Descriptor.BYTES;
        position += batchBytes;
        slots += frames;
        return proofs;
    }
}
