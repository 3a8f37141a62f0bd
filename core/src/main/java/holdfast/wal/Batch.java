package holdfast.wal;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Digest;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;

/// Encodes one batch: frames, then a seal, zero-padded to whole blocks. A batch is what one write and one sync
/// make durable together. No block holds bytes of two batches, so an acknowledged byte is never rewritten by a
/// later append.
///
/// The proofs of durability of its frames are encoded on the way; the writer keeps them until the batch is
/// known to be durable ([Descriptor]).
final class Batch {

    /// Header and payload of the seal: `frames u32, bytes u32, firstIndex u64, lastIndex u64, crc u32, zeros`.
    static final int SEAL_BYTES = Frame.HEADER_BYTES + 32;

    /// A frame's place in its batch is a u16, and the seal has one too.
    static final int FRAMES_MAX = 0xFFFF;

    private final Checksum checksum;
    private final byte[] bytes;
    private final byte[] descriptors;
    private final long segSeq;
    private final int position;
    private final long batchNo;
    private int at;
    private int frames;
    private long firstIndex;
    private long lastIndex;

    /// @param checksum of the disk that it is for
    /// @param position where in the segment the batch begins
    /// @param frameBytes what all frames together will take, without the seal
    /// @param frameCount how many frames there will be
    Batch(Checksum checksum, long segSeq, int position, long batchNo, int frameBytes, int frameCount) {
        Check.that(frameCount > 0 && frameCount <= FRAMES_MAX, "frames in a batch", frameCount, FRAMES_MAX);
        this.checksum = checksum;
        this.segSeq = segSeq;
        this.position = position;
        this.batchNo = batchNo;
        bytes = new byte[sealedBytes(frameBytes)];
        descriptors = new byte[frameCount * Descriptor.BYTES];
    }

    /// What a batch with so many bytes of frames takes in the file.
    static int sealedBytes(int frameBytes) {
        return Raw.aligned(frameBytes + SEAL_BYTES, Raw.BLOCK);
    }

    /// Where in the segment the next frame will stand.
    int nextPosition() {
        return position + at;
    }

    /// The kind of frame that holds an entry of the log.
    static FrameKind kindOf(LogEntry entry) {
        return switch (entry.type()) {
            case CONFIG -> FrameKind.CONFIG;
            case NOOP, COMMAND -> FrameKind.ENTRY;
        };
    }

    void entry(LogEntry entry) {
        firstIndex = firstIndex == 0 ? entry.index() : firstIndex;
        lastIndex = entry.index();
        put(kindOf(entry), entry.type().ordinal(), entry.index(), entry.term(), entry.payload(),
                entry.hash(), entry.chain());
    }

    void archive(LogEntry entry) {
        put(FrameKind.ARCHIVE, entry.type().ordinal(), entry.index(), entry.term(), entry.payload(),
                entry.hash(), entry.chain());
    }

    /// @param becauseOf term of the entry that takes the place, or 0
    void truncate(long fromIndex, long becauseOf) {
        put(FrameKind.TRUNCATE, 0, fromIndex, becauseOf, Bytes.EMPTY, Digest.ZERO, Digest.ZERO);
    }

    void snapshotBase(LogPosition base) {
        put(FrameKind.SNAPSHOT_BASE, 0, base.index(), base.term(), Bytes.EMPTY, Digest.ZERO, base.chain());
    }

    private void put(FrameKind kind, int flags, long index, long term, Bytes payload, Digest hash, Digest chain) {
        Descriptor.encode(
                checksum, descriptors, frames * Descriptor.BYTES,
                segSeq, batchNo, nextPosition(), payload.size(), index, term, hash);
        putFrame(kind, flags, index, term, payload, hash, chain);
        frames++;
    }

    private void putFrame(
            FrameKind kind, int flags, long index, long term, Bytes payload, Digest hash, Digest chain) {
        int start = at;
        Raw.putInt(bytes, start, Frame.MAGIC);
        Raw.putLong(bytes, start + Frame.AT_SEGMENT, segSeq);
        Raw.putLong(bytes, start + Frame.AT_POSITION, nextPosition());
        Raw.putLong(bytes, start + Frame.AT_BATCH, batchNo);
        Raw.putLong(bytes, start + Frame.AT_INDEX, index);
        Raw.putLong(bytes, start + Frame.AT_TERM, term);
        Raw.putInt(bytes, start + Frame.AT_LENGTH, payload.size());
        bytes[start + Frame.AT_KIND] = (byte) kind.code();
        bytes[start + Frame.AT_FLAGS] = (byte) flags;
        bytes[start + Frame.AT_PLACE] = (byte) frames;
        bytes[start + Frame.AT_PLACE + 1] = (byte) (frames >>> 8);
        payload.copyTo(bytes, start + Frame.HEADER_BYTES);
        int payloadEnd = start + Frame.HEADER_BYTES + payload.size();
        Raw.putInt(bytes, start + Frame.AT_PAYLOAD_CRC, checksum.of(bytes, start + Frame.HEADER_BYTES, payloadEnd));
        Raw.putDigest(bytes, start + Frame.AT_HASH, hash);
        Raw.putDigest(bytes, start + Frame.AT_CHAIN, chain);
        Raw.putInt(bytes, start + Frame.AT_CRC,
                checksum.of(bytes, start + Frame.AT_SEGMENT, start + Frame.HEADER_BYTES));
        at += Frame.bytes(payload.size());
    }

    /// The finished batch, whole blocks. The batch takes no more frames.
    Bytes seal() {
        Check.that(frames * Descriptor.BYTES == descriptors.length, "as many frames as announced", frames,
                descriptors.length / Descriptor.BYTES);
        byte[] payload = new byte[SEAL_BYTES - Frame.HEADER_BYTES];
        Raw.putInt(payload, 0, frames);
        Raw.putInt(payload, 4, at);
        Raw.putLong(payload, 8, firstIndex);
        Raw.putLong(payload, 16, lastIndex);
        Raw.putInt(payload, 24, checksum.of(bytes, 0, at));
        putFrame(FrameKind.SEAL, 0, lastIndex, 0, Bytes.wrap(payload), Digest.ZERO, Digest.ZERO);
        Check.that(Raw.aligned(at, Raw.BLOCK) == bytes.length, "as many bytes as announced", at, bytes.length);
        return Bytes.wrap(bytes);
    }

    /// Whether a seal closes the batch that begins at `begin` and has so many frames before it.
    static boolean isSealOf(Checksum checksum, Frame seal, byte[] segment, int begin, int frames) {
        if (seal.payload().size() != SEAL_BYTES - Frame.HEADER_BYTES) {
            return false;
        }
        byte[] payload = seal.payload().toArray();
        return Raw.getInt(payload, 0) == frames
                && Raw.getInt(payload, 4) == seal.position() - begin
                && Raw.getInt(payload, 24) == checksum.of(segment, begin, seal.position());
    }

    /// The proofs of its frames, in their order; to be written only when the batch is durable.
    Bytes descriptors() {
        return Bytes.wrap(descriptors);
    }
}
