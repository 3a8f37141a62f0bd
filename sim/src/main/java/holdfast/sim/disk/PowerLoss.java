package holdfast.sim.disk;

/// What a power cut may do to bytes and names that were never synced (`storage.md` §2.2). Whatever a profile
/// says, each such page survives or not on its own.
///
/// @param tears true if an overwritten page may survive in some sectors only
/// @param tearsSectors true if, besides, a sector may hold a mixture of old and new bytes
/// @param exposes true if a size may survive without the data below it, and stale bytes or zeros show there, or
///     torn pages; false if the file system orders data before the metadata that exposes it
/// @param namesInOrder true if directory changes survive as a prefix, false if as any subset
public record PowerLoss(boolean tears, boolean tearsSectors, boolean exposes, boolean namesInOrder) {}
