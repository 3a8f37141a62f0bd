package holdfast.sim.check.general.spec;

/// The 64-bit XXH3 hash of eight bytes with a seed, as far as the recorded histories of S2 need it.
final class Xxh3 {

    /// Bytes 8 to 23 of the algorithm's default secret, as two little-endian words, combined.
    private static final long SECRET = 0x1CAD21F72C81017CL ^ 0xDB979083E96DD4DEL;
    private static final long MULTIPLIER = 0x9FB21C651E98DF25L;
    private static final int LENGTH = 8;

    private Xxh3() {}

    /// The hash of `value` as eight little-endian bytes.
    static long hash(long value, long seed) {
        long mixedSeed = seed ^ (long) Integer.reverseBytes((int) seed) << 32;
        long swapped = value >>> 32 | value << 32;
        long h = swapped ^ SECRET - mixedSeed;
        h ^= Long.rotateLeft(h, 49) ^ Long.rotateLeft(h, 24);
        h *= MULTIPLIER;
        h ^= (h >>> 35) + LENGTH;
        h *= MULTIPLIER;
        return h ^ h >>> 28;
    }
}
