package holdfast.env;

import holdfast.Bytes;

/// What can be asked of a [Disk]. `id` grows with each operation of a node's life; file names are plain
/// names inside the data directory; positions and lengths are bytes.
public sealed interface DiskOp {

    long id();

    /// Answered by [DiskResult.Listing].
    record List(long id) implements DiskOp {}

    /// Answered by [DiskResult.Data], short only at the end of the file.
    record Read(long id, String file, long position, int length) implements DiskOp {}

    /// Creates the file if need be and makes it `length` zero bytes long, written out, not only reserved.
    record ZeroFill(long id, String file, long length) implements DiskOp {}

    /// Writes all of `data` or fails; creates the file if need be.
    record Write(long id, String file, long position, Bytes data) implements DiskOp {}

    /// `fdatasync`.
    record Sync(long id, String file) implements DiskOp {}

    /// Replaces `to` if it exists.
    record Rename(long id, String from, String to) implements DiskOp {}

    /// Deleting a missing file is no error.
    record Delete(long id, String file) implements DiskOp {}

    /// Makes all names of the directory durable.
    record SyncDirectory(long id) implements DiskOp {}
}
