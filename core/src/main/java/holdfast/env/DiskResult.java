package holdfast.env;

import holdfast.Bytes;

/// How a [DiskOp] ended.
public sealed interface DiskResult {

    /// Write, sync, rename, delete, zero-fill, directory sync: it worked, and the result was checked.
    record Done() implements DiskResult {}

    record Data(Bytes bytes) implements DiskResult {}

    /// Files in ascending order of name.
    record Listing(java.util.List<FileInfo> files) implements DiskResult {}

    record FileInfo(String name, long size) {}

    /// The operation failed or may have half happened; `detail` is for people.
    record Failed(Reason reason, String detail) implements DiskResult {}

    /// POSIX's words: EIO, ENOSPC, EROFS, ENOENT.
    enum Reason { IO_ERROR, NO_SPACE, READ_ONLY, NOT_FOUND }

    DiskResult DONE = new Done();
}
