package holdfast.wal;

/// Where the frame of an entry stands: file, byte position of its header, bytes of header and payload.
public record Place(String file, long position, int length) {}
