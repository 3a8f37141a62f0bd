/// The write-ahead log of one node: files and bytes, no votes. A state machine without I/O: it asks for disk
/// operations through [holdfast.wal.DiskOut] and is told their results.
///
/// Read on in this order: [holdfast.wal.Wal] (what is asked and reported), [holdfast.wal.FrameKind] and
/// [holdfast.wal.Batch] (the bytes), [holdfast.wal.SegmentHeader], [holdfast.wal.MetaRecord], then
/// [holdfast.wal.Formatting] (where a store comes from) and [holdfast.wal.WalRecovery] (how it is found again) with
/// [holdfast.wal.TailVerdict], which tells a crash from damage. Behind it stand [holdfast.wal.SegmentChain] (which
/// files are the log), [holdfast.wal.SegmentScan] (which bytes), [holdfast.wal.LogReplay] (which entries) and
/// [holdfast.wal.NewTail] (what is written again). Every byte is described in `docs/format.md`.
package holdfast.wal;
