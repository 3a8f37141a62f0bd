package holdfast.sim.plan;

import holdfast.sim.disk.DiskFault;
import holdfast.sim.disk.DiskMoment;
import holdfast.sim.disk.FileRole;
import holdfast.sim.disk.PowerCutKeep;
import java.util.List;

/// What can be done to a cluster at a moment. Nodes are numbered from 1; times are microseconds.
public sealed interface Fault {

    /// The kind that `--faults` switches.
    Kind kind();

    /// Kinds as `--faults` names them.
    enum Kind {
        CRASH("crash"),
        POWER("power"),
        PAUSE("pause"),
        CLOCK("clock"),
        PARTITION("partition"),
        CLOG("clog"),
        NOISE("noise"),
        DISK_ERROR("disk-error"),
        DISK_SLOW("disk-slow"),
        MEDIA("media"),
        TRANSFER("transfer"),
        DRIVE("drive"),
        LASTING("lasting");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// The process dies, its machine lives on; it is started again after `downMicros`.
    record Crash(int node, long downMicros) implements Fault {
        @Override
        public Kind kind() {
            return Kind.CRASH;
        }
    }

    /// Machines lose power at the same moment and come back after `downMicros`.
    record PowerCut(List<Integer> nodes, PowerCutKeep keep, long downMicros) implements Fault {

        public PowerCut {
            nodes = List.copyOf(nodes);
        }

        @Override
        public Kind kind() {
            return Kind.POWER;
        }
    }

    /// The process dies in the midst of what its disk is doing; it is started again after `downMicros`.
    record CrashAt(int node, DiskMoment moment, long downMicros) implements Fault {
        @Override
        public Kind kind() {
            return Kind.CRASH;
        }
    }

    /// The machine loses power in the midst of what its disk is doing; it comes back after `downMicros`.
    record PowerCutAt(int node, DiskMoment moment, PowerCutKeep keep, long downMicros) implements Fault {
        @Override
        public Kind kind() {
            return Kind.POWER;
        }
    }

    /// The process stands still, as in a long garbage collection or a migration; its timers are late afterwards.
    record Pause(int node, long micros) implements Fault {
        @Override
        public Kind kind() {
            return Kind.PAUSE;
        }
    }

    /// Every turn of the process takes `factor` times as long.
    record SlowProcess(int node, int factor, long micros) implements Fault {
        @Override
        public Kind kind() {
            return Kind.PAUSE;
        }
    }

    /// What stays wrong with a machine. The text is the word in plan files.
    enum Ill {
        /// No process runs.
        DOWN("down"),
        /// No packet from or to another node arrives; clients reach it.
        CUT_OFF("cut-off"),
        /// The disk completes nothing.
        HUNG("hung"),
        /// New files have no room.
        FULL("full");

        private final String text;

        Ill(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /// The constant of that text, or null.
        public static Ill of(String text) {
            for (Ill ill : values()) {
                if (ill.text.equals(text)) {
                    return ill;
                }
            }
            return null;
        }
    }

    /// When the calm heals everything else, this stays wrong until the clients have finished.
    record Lasting(int node, Ill ill) implements Fault {
        @Override
        public Kind kind() {
            return Kind.LASTING;
        }
    }

    /// The wall clock of a machine jumps.
    record ClockJump(int node, long millis) implements Fault {
        @Override
        public Kind kind() {
            return Kind.CLOCK;
        }
    }

    /// Packets between the two sides are dropped, in one direction or both.
    record Partition(List<Integer> side, Direction direction, long micros) implements Fault {

        public Partition {
            side = List.copyOf(side);
        }

        @Override
        public Kind kind() {
            return Kind.PARTITION;
        }
    }

    enum Direction {
        BOTH("both"),
        /// The side hears nobody outside, but is heard.
        INTO("into"),
        /// The side is not heard outside, but hears.
        OUT_OF("out-of");

        private final String text;

        Direction(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// Two nodes cannot reach each other although both reach the others: reachability is not transitive.
    record CutPair(int one, int other, long micros) implements Fault {
        @Override
        public Kind kind() {
            return Kind.PARTITION;
        }
    }

    /// Packets on one link wait and arrive all at once when it is unclogged.
    record Clog(int from, int to, long micros) implements Fault {
        @Override
        public Kind kind() {
            return Kind.CLOG;
        }
    }

    /// All links of these nodes are clogged one node after the other and unclogged in another order (FoundationDB's
    /// swizzle).
    record Swizzle(List<Integer> nodes, long stepMicros) implements Fault {

        public Swizzle {
            nodes = List.copyOf(nodes);
        }

        @Override
        public Kind kind() {
            return Kind.CLOG;
        }
    }

    /// Arms a disk fault: the next operation that it fits fails.
    record ArmDisk(int node, DiskFault fault) implements Fault {
        @Override
        public Kind kind() {
            return Kind.DISK_ERROR;
        }
    }

    /// The kernel writes back some dirty pages now; with an armed fault, the error arises behind the process's back.
    record WriteBack(int node, FileRole files) implements Fault {
        @Override
        public Kind kind() {
            return Kind.DISK_ERROR;
        }
    }

    /// Clean pages leave the page cache: whoever reads next reads the medium.
    record DropCaches(int node, FileRole files) implements Fault {
        @Override
        public Kind kind() {
            return Kind.DISK_ERROR;
        }
    }

    record SlowDisk(int node, int factor, long micros) implements Fault {
        @Override
        public Kind kind() {
            return Kind.DISK_SLOW;
        }
    }

    /// No operation completes for so long.
    record StallDisk(int node, long micros) implements Fault {
        @Override
        public Kind kind() {
            return Kind.DISK_SLOW;
        }
    }

    /// A bit of a proven frame rots on the medium, or one of its sectors becomes unreadable; where, is drawn. The world
    /// refuses it if a minority is damaged already: beyond that no store can keep its promises.
    record Rot(int node, boolean latent) implements Fault {
        @Override
        public Kind kind() {
            return Kind.MEDIA;
        }
    }

    /// The drive of a machine is lost with everything on it. After `downMicros` the machine comes back with a new one that is
    /// formatted; an operator has it take the lost one's place `replaceMicros` later. The world refuses it if a minority is
    /// lost or damaged already.
    record LoseDisk(int node, long downMicros, long replaceMicros) implements Fault {
        @Override
        public Kind kind() {
            return Kind.DRIVE;
        }
    }

    /// The machine reboots without its file system: its process finds an empty directory, until `micros` have passed.
    record Unmount(int node, long micros) implements Fault {
        @Override
        public Kind kind() {
            return Kind.DRIVE;
        }
    }

    /// Others fill the disk of a machine: its files may grow by so many bytes together, and by what is deleted, until `micros`
    /// have passed.
    record FillDisk(int node, long leavingBytes, long micros) implements Fault {
        @Override
        public Kind kind() {
            return Kind.DISK_ERROR;
        }
    }

    /// Two machines reboot with each other's drive, until `micros` have passed.
    record SwapDisks(int one, int other, long micros) implements Fault {
        @Override
        public Kind kind() {
            return Kind.DRIVE;
        }
    }

    /// An operator asks whoever leads to hand leadership to this node.
    record Transfer(int target) implements Fault {
        @Override
        public Kind kind() {
            return Kind.TRANSFER;
        }
    }
}
