package holdfast.env;

/// One node's data directory. Operations run one at a time in the order of submission; each completes with
/// exactly one [DiskResult], handed back as an event that names the operation's id.
///
/// Contract, after POSIX and `storage.md` §1: a write is visible to reads at once and durable only after a
/// successful [DiskOp.Sync] of that file; a new, renamed or deleted name is durable only after a successful
/// [DiskOp.SyncDirectory]. A sync that failed says nothing about any byte written since the last good one,
/// and a later good sync does not say it either. The implementation keeps a file open from its first write
/// to its deletion, so that no write-back error can be lost.
public interface Disk {

    void submit(DiskOp op);
}
