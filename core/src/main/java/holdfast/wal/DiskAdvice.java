package holdfast.wal;

import holdfast.env.DiskResult;

/// What an operator can do about a disk that refuses, by what it says.
public final class DiskAdvice {

    private DiskAdvice() {}

    static String about(DiskResult.Failed failure) {
        return about(failure.reason());
    }

    public static String about(DiskResult.Reason reason) {
        return switch (reason) {
            case NO_SPACE -> "There is no room: make some on its file system, then start the node again.";
            case READ_ONLY -> "Its file system is read-only, which most are after an error (see the kernel's log): unmount"
                    + " it, check it (fsck), mount it again, then start the node again.";
            case IO_ERROR, NOT_FOUND -> "Look into the kernel's log, and start the node again. If starts fail as well, unmount"
                    + " the file system, check it (fsck) and mount it again first; a file system that has shut itself down"
                    + " answers with errors until then.";
        };
    }
}
