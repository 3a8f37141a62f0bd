package holdfast.sim.disk;

/// Whether the mounted file system can still make anything durable. It starts well, may be lost once, and only
/// the next mount ends that (`fault-lab.md` §3.2).
final class MountState {

    private JournalLoss loss;
    private boolean byDevice;
    private OpenFile metBy;

    boolean isLost() {
        return loss != null;
    }

    /// True if the device refused everything, so that nothing can have reached the medium since.
    boolean isLostByDevice() {
        return loss != null && byDevice;
    }

    boolean isReadable() {
        return loss == null || loss.readable();
    }

    /// The answer to write, create, rename and delete: `OK` while the file system is well.
    Answer change() {
        return loss == null ? Answer.OK : loss.change();
    }

    /// @param file the descriptor whose sync met the failure, or null for the directory
    Answer lose(JournalLoss how, boolean refusedByDevice, OpenFile file) {
        if (loss == null) {
            loss = how;
            byDevice = refusedByDevice;
            metBy = file;
        }
        return how.first();
    }

    /// The answer to a later sync.
    ///
    /// @param deviceStillBad false once the device takes writes again, which does not help
    Answer sync(OpenFile file, boolean deviceStillBad) {
        if (!byDevice || !deviceStillBad) {
            return loss.healed();
        }
        if (file != null && file == metBy) {
            return loss.again();
        }
        boolean unmodified = file != null && file.inode.dirtyCount() == 0 && file.inode.errors == ErrorSequence.NONE;
        return unmodified ? loss.unmodified() : loss.others();
    }
}
