package holdfast.wal;

import holdfast.Check;

/// Names in a node's directory. Numbers are padded, so that names sort as the numbers do.
final class StoreFiles {

    static final String IDENT = "IDENT";
    static final String META_A = "META.A";
    static final String META_B = "META.B";

    /// What the surroundings may keep there to know the other nodes; the log writes it once and never reads it.
    static final String FORMATION = "FORMATION";

    /// What the surroundings may keep there to exclude a second process; the log neither reads nor writes it.
    static final String LOCK = "LOCK";

    /// A file under construction. Deleted at the next start.
    static final String UNFINISHED = ".tmp";

    /// Segment numbers stay below this, so that a place in the log fits 64 bits.
    static final long SEGMENT_SEQ_MAX = Integer.MAX_VALUE;

    private static final String SEGMENT_PREFIX = "wal-";
    private static final String SEGMENT_SUFFIX = ".log";
    private static final String SNAPSHOT_PREFIX = "snap-";
    private static final String SNAPSHOT_SUFFIX = ".snap";
    private static final int SEGMENT_DIGITS = 10;
    private static final int SNAPSHOT_DIGITS = 19;

    private StoreFiles() {}

    static String segment(long segSeq) {
        Check.that(segSeq > 0 && segSeq < SEGMENT_SEQ_MAX, "a segment number", segSeq, SEGMENT_SEQ_MAX);
        return SEGMENT_PREFIX + padded(segSeq, SEGMENT_DIGITS) + SEGMENT_SUFFIX;
    }

    static String snapshot(long index, long term) {
        return SNAPSHOT_PREFIX + padded(index, SNAPSHOT_DIGITS) + "-" + padded(term, SNAPSHOT_DIGITS)
                + SNAPSHOT_SUFFIX;
    }

    private static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(digits - text.length()) + text;
    }

    static String unfinished(String name) {
        return name + UNFINISHED;
    }

    static boolean isUnfinished(String name) {
        return name.endsWith(UNFINISHED);
    }

    /// The name that a file under construction is to have.
    static String finished(String unfinished) {
        return unfinished.substring(0, unfinished.length() - UNFINISHED.length());
    }

    static boolean isMeta(String name) {
        return name.equals(META_A) || name.equals(META_B);
    }

    static boolean isSnapshot(String name) {
        return name.startsWith(SNAPSHOT_PREFIX) && name.endsWith(SNAPSHOT_SUFFIX)
                && name.length() == snapshot(0, 0).length();
    }

    /// The number of the segment that a file holds by its name, or 0.
    static long segmentSeq(String name) {
        if (!name.startsWith(SEGMENT_PREFIX) || !name.endsWith(SEGMENT_SUFFIX)
                || name.length() != SEGMENT_PREFIX.length() + SEGMENT_DIGITS + SEGMENT_SUFFIX.length()) {
            return 0;
        }
        long number = 0;
        for (int i = SEGMENT_PREFIX.length(); i < SEGMENT_PREFIX.length() + SEGMENT_DIGITS; i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number < SEGMENT_SEQ_MAX ? number : 0;
    }
}
