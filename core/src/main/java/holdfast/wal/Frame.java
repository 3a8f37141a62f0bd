package holdfast.wal;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.raft.EntryType;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import java.util.List;

/// A frame as read: its checksums were right, its hashes have not been looked at.
///
/// ```
/// 0 magic "HFR1"     24 batchNo         52 kind u8            64 entryHash 16
/// 4 crc of 8..95     32 index           53 flags u8           80 chainHash 16
/// 8 segSeq           40 term            54 place in batch u16 96 payload, zeros up to a multiple of 8
/// 16 file position   48 payloadLength   56 payload crc, 60 zeros
/// ```
///
/// @param flags ordinal of the entry's type in frames that hold one, else 0
/// @param position byte place in the segment file
public record Frame(
        FrameKind kind,
        int flags,
        long batchNo,
        int position,
        long index,
        long term,
        Bytes payload,
        Digest hash,
        Digest chain) {

    static final int MAGIC = Raw.magic('H', 'F', 'R', '1');
    static final int HEADER_BYTES = 96;

    static final int AT_CRC = 4;
    static final int AT_SEGMENT = 8;
    static final int AT_POSITION = 16;
    static final int AT_BATCH = 24;
    static final int AT_INDEX = 32;
    static final int AT_TERM = 40;
    static final int AT_LENGTH = 48;
    static final int AT_KIND = 52;
    static final int AT_FLAGS = 53;
    static final int AT_PLACE = 54;
    static final int AT_PAYLOAD_CRC = 56;
    static final int AT_HASH = 64;
    static final int AT_CHAIN = 80;

    /// Bytes that a frame with this payload takes.
    static int bytes(int payloadLength) {
        return HEADER_BYTES + Raw.aligned(payloadLength, Long.BYTES);
    }

    /// The frame at `source[at..]`, or null unless its checksums are right and it belongs to this place.
    ///
    /// @param checksum of the disk that was read
    /// @param position what place in the file of segment `segSeq` that is
    /// @param header room for a header; holds the frame's own afterwards, if the answer is not null
    static Frame decode(Checksum checksum, Bytes source, int at, long segSeq, int position, byte[] header) {
        if (!hasHeader(checksum, source, at, header)
                || Raw.getLong(header, AT_SEGMENT) != segSeq
                || Raw.getLong(header, AT_POSITION) != position) {
            return null;
        }
        FrameKind kind = FrameKind.of(header[AT_KIND]);
        int length = Raw.getInt(header, AT_LENGTH);
        if (kind == null
                || length < 0
                || length > source.size() - at - HEADER_BYTES
                || (kind.holdsEntry() && !isEntryType(header[AT_FLAGS]))) {
            return null;
        }
        Bytes payload = source.slice(at + HEADER_BYTES, at + HEADER_BYTES + length);
        if (Raw.getInt(header, AT_PAYLOAD_CRC) != checksum.of(payload)) {
            return null;
        }
        return new Frame(
                kind,
                header[AT_FLAGS],
                Raw.getLong(header, AT_BATCH),
                position,
                Raw.getLong(header, AT_INDEX),
                Raw.getLong(header, AT_TERM),
                payload,
                Raw.getDigest(header, AT_HASH),
                Raw.getDigest(header, AT_CHAIN));
    }

    /// Copies the header at `source[at..]`. Returns whether it is one, wherever it belongs.
    static boolean hasHeader(Checksum checksum, Bytes source, int at, byte[] header) {
        if (source.size() - at < HEADER_BYTES) {
            return false;
        }
        source.copyTo(at, header, 0, HEADER_BYTES);
        return Raw.getInt(header, 0) == MAGIC
                && Raw.getInt(header, AT_CRC) == checksum.of(header, AT_SEGMENT, HEADER_BYTES);
    }

    /// Where in this segment the frame at `at` says that it belongs, or -1 if there is no header of one.
    static long placeOf(Checksum checksum, Bytes source, int at, long segSeq, byte[] header) {
        return hasHeader(checksum, source, at, header) && Raw.getLong(header, AT_SEGMENT) == segSeq
                ? Raw.getLong(header, AT_POSITION)
                : -1;
    }

    /// Ordinal of the frame in its batch.
    static int placeInBatch(byte[] header) {
        return (header[AT_PLACE] & 0xFF) | (header[AT_PLACE + 1] & 0xFF) << 8;
    }

    int length() {
        return bytes(payload.size());
    }

    /// Only for kinds that hold one.
    public LogEntry entry() {
        return new LogEntry(index, term, ENTRY_TYPES.get(flags), payload, hash, chain);
    }

    /// The place that a [FrameKind#SNAPSHOT_BASE] names.
    LogPosition base() {
        return new LogPosition(index, term, chain);
    }

    static boolean isEntryType(int flags) {
        return flags >= 0 && flags < ENTRY_TYPES.size();
    }

    private static final List<EntryType> ENTRY_TYPES = List.of(EntryType.values());
}
