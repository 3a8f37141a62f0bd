package holdfast.sim.disk;

/// What can be armed to go wrong at the next opportunity. The text is the name in plan files.
public enum FaultKind {
    /// The device refuses data blocks during write-back: EIO.
    WRITE_BACK("write-back"),
    /// The same, because there is no space left: ENOSPC.
    WRITE_BACK_NO_SPACE("write-back-no-space"),
    /// The journal write of the next sync fails; its data may be on the way.
    JOURNAL("journal"),
    /// The drive does not flush its cache at the next sync; its data is in that cache.
    FLUSH("flush"),
    /// The device refuses every write at the next sync: data, journal and flush.
    DEVICE_WRITES("device-writes"),
    /// A write call fails with EIO; a prefix may be in the page cache.
    WRITE("write"),
    /// A write call fails with ENOSPC; a prefix may be in the page cache.
    NO_SPACE("no-space"),
    /// The sync of the directory fails; to a journalled file system that is a lost journal.
    DIRECTORY_SYNC("directory-sync"),
    /// A rename fails with EIO, and may have happened.
    RENAME("rename"),
    /// The drive acknowledges a page, and its flush, and never writes it.
    LOSE_WRITE("lose-write"),
    /// From here on the drive acknowledges everything and keeps nothing: pages, sizes and names.
    LYING_DRIVE("lying-drive"),
    /// The drive writes a page to the place of another page of the same file.
    MISDIRECT_WRITE("misdirect-write");

    private final String text;

    FaultKind(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /// The kind of that text, or null.
    public static FaultKind of(String text) {
        for (FaultKind kind : values()) {
            if (kind.text.equals(text)) {
                return kind;
            }
        }
        return null;
    }
}
