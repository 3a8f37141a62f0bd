package holdfast.wal;

import holdfast.raft.LogPosition;
import java.util.TreeSet;

/// What the log begins to write with. All of it is durable.
///
/// @param tail its header is written
/// @param lastBatchNo batches go on with the next number
/// @param logEnd the log's last position
/// @param proofOrNull of the batch that recovery has written
/// @param meta what both copies say
/// @param places where entries stand that can be read
/// @param segments all files that hold a part of the log, by number
record WalStart(
        Tail tail,
        long lastBatchNo,
        LogPosition logEnd,
        Proof proofOrNull,
        MetaRecord meta,
        Places places,
        TreeSet<Long> segments) {}
