/// Where the cold tier will stand: moving sealed runs of a stream to the object store and reading them back.
/// The seams it needs are already here: extents name a place and never an assumption about it
/// ([holdfast.stream.Extent]), and compaction asks which payloads are still needed
/// ([holdfast.wal.Wal]).
package holdfast.tier;
