package holdfast.stream;

/// A run of offsets `[base, base + count)` and where its payload is: the first `count` records of the log entry
/// at `index`. A cold tier can take an extent over by replacing the place; the offsets never change.
///
/// The entry may hold more records than `count`: a fork shares its source's records up to an offset only.
public record Extent(long base, int count, long index) {

    public long end() {
        return base + count;
    }
}
