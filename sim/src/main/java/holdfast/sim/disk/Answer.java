package holdfast.sim.disk;

import holdfast.env.DiskResult;

/// What a system call returns, in Linux's numbers.
public enum Answer {
    OK(0),
    EIO(5),
    ENOSPC(28),
    EROFS(30);

    private final int errno;

    Answer(int errno) {
        this.errno = errno;
    }

    int errno() {
        return errno;
    }

    static Answer ofErrno(int errno) {
        for (Answer answer : values()) {
            if (answer.errno == errno) {
                return answer;
            }
        }
        throw new IllegalArgumentException("no answer has errno " + errno);
    }

    /// @param what the call and its file, for people
    DiskResult result(String what, String file) {
        return switch (this) {
            case OK -> DiskResult.DONE;
            case EIO -> new DiskResult.Failed(DiskResult.Reason.IO_ERROR, what + " " + file + ": EIO");
            case ENOSPC -> new DiskResult.Failed(DiskResult.Reason.NO_SPACE, what + " " + file + ": ENOSPC");
            case EROFS -> new DiskResult.Failed(DiskResult.Reason.READ_ONLY, what + " " + file + ": EROFS");
        };
    }
}
