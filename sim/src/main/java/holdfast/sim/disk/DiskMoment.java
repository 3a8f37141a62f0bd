package holdfast.sim.disk;

import holdfast.env.DiskOp;

/// A moment that no plan can know, told by what the disk is doing then: so long after it has begun the next operation of
/// this kind on such a file. Operations take a fraction of a millisecond; a time drawn from seconds hardly ever hits one.
///
/// @param afterMicros from the beginning of the operation on; it may be over by then, and the next one under way
public record DiskMoment(FileRole files, Act act, long afterMicros) {

    /// What the disk is doing. The text is the name in plan files.
    public enum Act {
        WRITE("write"),
        ZERO_FILL("zero-fill"),
        SYNC("sync"),
        RENAME("rename");

        private final String text;

        Act(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /// The act of that text, or null.
        public static Act of(String text) {
            for (Act act : values()) {
                if (act.text.equals(text)) {
                    return act;
                }
            }
            return null;
        }
    }

    boolean isBegunBy(DiskOp op) {
        return switch (op) {
            case DiskOp.Write write -> act == Act.WRITE && files.matches(write.file());
            case DiskOp.ZeroFill fill -> act == Act.ZERO_FILL && files.matches(fill.file());
            case DiskOp.Sync sync -> act == Act.SYNC && files.matches(sync.file());
            case DiskOp.Rename rename -> act == Act.RENAME && files.matches(rename.from());
            case DiskOp.List _, DiskOp.Read _, DiskOp.Delete _, DiskOp.SyncDirectory _ -> false;
        };
    }
}
