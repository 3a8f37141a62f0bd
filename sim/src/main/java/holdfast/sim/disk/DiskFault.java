package holdfast.sim.disk;

/// A fault to arm: it waits for the next operation that it fits.
///
/// @param files which files it fits; the directory itself fits `ANY` only
/// @param extent what of a write-back fails; other kinds do not ask
public record DiskFault(FaultKind kind, FileRole files, Span span, Extent extent) {

    /// The first operation, or all until the disk is healed. The text is the name in plan files.
    public enum Span {
        ONCE("once"),
        ALWAYS("always");

        private final String text;

        Span(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /// The span of that text, or null.
        public static Span of(String text) {
            return text.equals(ONCE.text) ? ONCE : text.equals(ALWAYS.text) ? ALWAYS : null;
        }
    }

    /// How much of one write-back fails; the page and the sector are drawn. The text is the name in plan files.
    public enum Extent {
        ALL_PAGES("all-pages"),
        ONE_PAGE("one-page"),
        ONE_SECTOR("one-sector");

        private final String text;

        Extent(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /// The extent of that text, or null.
        public static Extent of(String text) {
            for (Extent extent : values()) {
                if (extent.text.equals(text)) {
                    return extent;
                }
            }
            return null;
        }
    }

    public static DiskFault once(FaultKind kind, FileRole files) {
        return new DiskFault(kind, files, Span.ONCE, Extent.ALL_PAGES);
    }

    public static DiskFault always(FaultKind kind, FileRole files) {
        return new DiskFault(kind, files, Span.ALWAYS, Extent.ALL_PAGES);
    }
}
