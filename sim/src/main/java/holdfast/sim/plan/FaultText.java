package holdfast.sim.plan;

import holdfast.sim.disk.DiskFault;
import holdfast.sim.disk.DiskMoment;
import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FileRole;
import holdfast.sim.disk.PowerCutKeep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// One fault as the words of a plan file, and back.
final class FaultText {

    private static final String NAMES = "crash, power-cut, crash-at, power-cut-at, pause, slow-process, clock-jump, "
            + "partition, cut-pair, clog, swizzle, arm-disk, write-back, drop-caches, fill-disk, slow-disk, stall-disk, rot, "
            + "lose-disk, unmount, swap-disks, transfer, lasting";
    private static final long MICROS_PER_MILLI = 1_000;

    private FaultText() {}

    // ---- print ---------------------------------------------------------------------------------------------

    static String print(Fault fault) {
        return switch (fault) {
            case Fault.Crash f -> "crash " + f.node() + " down " + seconds(f.downMicros());
            case Fault.PowerCut f ->
                "power-cut " + list(f.nodes()) + " keep " + f.keep().text() + " down " + seconds(f.downMicros());
            case Fault.CrashAt f ->
                "crash-at " + f.node() + " " + print(f.moment()) + " down " + seconds(f.downMicros());
            case Fault.PowerCutAt f ->
                "power-cut-at " + f.node() + " " + print(f.moment())
                        + " keep " + f.keep().text() + " down " + seconds(f.downMicros());
            case Fault.Pause f -> "pause " + f.node() + " for " + seconds(f.micros());
            case Fault.SlowProcess f ->
                "slow-process " + f.node() + " factor " + f.factor() + " for " + seconds(f.micros());
            case Fault.ClockJump f ->
                "clock-jump " + f.node() + " by " + seconds(f.millis() * MICROS_PER_MILLI);
            case Fault.Partition f ->
                "partition " + list(f.side()) + " " + f.direction().text() + " for " + seconds(f.micros());
            case Fault.CutPair f -> "cut-pair " + f.one() + " " + f.other() + " for " + seconds(f.micros());
            case Fault.Clog f -> "clog " + f.from() + " to " + f.to() + " for " + seconds(f.micros());
            case Fault.Swizzle f -> "swizzle " + list(f.nodes()) + " step " + seconds(f.stepMicros());
            case Fault.ArmDisk f -> "arm-disk " + f.node() + " " + print(f.fault());
            case Fault.WriteBack f -> "write-back " + f.node() + " " + f.files().text();
            case Fault.DropCaches f -> "drop-caches " + f.node() + " " + f.files().text();
            case Fault.FillDisk f ->
                "fill-disk " + f.node() + " leaving " + f.leavingBytes() + " for " + seconds(f.micros());
            case Fault.SlowDisk f -> "slow-disk " + f.node() + " factor " + f.factor() + " for " + seconds(f.micros());
            case Fault.StallDisk f -> "stall-disk " + f.node() + " for " + seconds(f.micros());
            case Fault.Rot f -> "rot " + f.node() + " " + (f.latent() ? "latent" : "bit");
            case Fault.LoseDisk f ->
                "lose-disk " + f.node() + " down " + seconds(f.downMicros()) + " replace " + seconds(f.replaceMicros());
            case Fault.Unmount f -> "unmount " + f.node() + " for " + seconds(f.micros());
            case Fault.SwapDisks f -> "swap-disks " + f.one() + " " + f.other() + " for " + seconds(f.micros());
            case Fault.Transfer f -> "transfer " + f.target();
            case Fault.Lasting f -> "lasting " + f.node() + " " + f.ill().text();
        };
    }

    private static String print(DiskFault fault) {
        return fault.kind().text() + " " + fault.files().text()
                + " " + fault.span().text() + " " + fault.extent().text();
    }

    static String print(DiskMoment moment) {
        return moment.files().text() + " " + moment.act().text() + " after " + seconds(moment.afterMicros());
    }

    private static String seconds(long micros) {
        return PlanWords.seconds(micros);
    }

    private static String list(List<Integer> nodes) {
        StringBuilder list = new StringBuilder();
        for (int node : nodes) {
            list.append(list.isEmpty() ? "" : ",").append(node);
        }
        return list.toString();
    }

    // ---- parse ---------------------------------------------------------------------------------------------

    /// The fault that the words name; if they complain, it is any.
    static Fault parse(PlanWords words, int nodes) {
        String name = words.word("a fault");
        return switch (name) {
            case "crash" -> new Fault.Crash(words.node(nodes), micros(words, "down"));
            case "power-cut" -> new Fault.PowerCut(
                    words.nodeList(nodes), keep(words), micros(words, "down"));
            case "crash-at" -> new Fault.CrashAt(words.node(nodes), moment(words), micros(words, "down"));
            case "power-cut-at" -> new Fault.PowerCutAt(
                    words.node(nodes), moment(words), keep(words), micros(words, "down"));
            case "pause" -> new Fault.Pause(words.node(nodes), micros(words, "for"));
            case "slow-process" -> new Fault.SlowProcess(words.node(nodes), factor(words), micros(words, "for"));
            case "clock-jump" -> new Fault.ClockJump(words.node(nodes), millis(words));
            case "partition" -> partition(words, nodes);
            case "cut-pair" -> {
                int one = words.node(nodes);
                yield new Fault.CutPair(one, other(words, one, nodes), micros(words, "for"));
            }
            case "clog" -> {
                int from = words.node(nodes);
                yield new Fault.Clog(from, other(words.keyword("to"), from, nodes), micros(words, "for"));
            }
            case "swizzle" -> new Fault.Swizzle(words.nodeList(nodes), micros(words, "step"));
            case "arm-disk" -> new Fault.ArmDisk(words.node(nodes), diskFault(words));
            case "write-back" -> new Fault.WriteBack(words.node(nodes), files(words));
            case "drop-caches" -> new Fault.DropCaches(words.node(nodes), files(words));
            case "fill-disk" -> new Fault.FillDisk(words.node(nodes), leaving(words), micros(words, "for"));
            case "slow-disk" -> new Fault.SlowDisk(words.node(nodes), factor(words), micros(words, "for"));
            case "stall-disk" -> new Fault.StallDisk(words.node(nodes), micros(words, "for"));
            case "rot" -> new Fault.Rot(words.node(nodes), latent(words));
            case "lose-disk" -> new Fault.LoseDisk(words.node(nodes), micros(words, "down"), micros(words, "replace"));
            case "unmount" -> new Fault.Unmount(words.node(nodes), micros(words, "for"));
            case "swap-disks" -> {
                int one = words.node(nodes);
                yield new Fault.SwapDisks(one, other(words, one, nodes), micros(words, "for"));
            }
            case "transfer" -> new Fault.Transfer(words.node(nodes));
            case "lasting" -> new Fault.Lasting(
                    words.node(nodes), of(words, Fault.Ill::of, Fault.Ill.values(), Fault.Ill::text));
            default -> {
                words.complain("there is no fault '" + PlanWords.shown(name) + "'; there are " + NAMES);
                yield new Fault.Transfer(1);
            }
        };
    }

    private static long micros(PlanWords words, String keyword) {
        return words.keyword(keyword).micros("'" + keyword + "'", 1, PlanBounds.FAULT_MICROS_MAX);
    }

    private static PowerCutKeep keep(PlanWords words) {
        return of(words.keyword("keep"), PowerCutKeep::of, PowerCutKeep.values(), PowerCutKeep::text);
    }

    static DiskMoment moment(PlanWords words) {
        FileRole files = files(words);
        DiskMoment.Act act = of(words, DiskMoment.Act::of, DiskMoment.Act.values(), DiskMoment.Act::text);
        return new DiskMoment(files, act, after(words));
    }

    static long after(PlanWords words) {
        return words.keyword("after").micros("'after'", 0, PlanBounds.FAULT_MICROS_MAX);
    }

    private static long leaving(PlanWords words) {
        return words.keyword("leaving").number("what is left, in bytes,", 0, PlanBounds.LEFT_BYTES_MAX);
    }

    private static int factor(PlanWords words) {
        return words.keyword("factor").small("a factor", 1, PlanBounds.FACTOR_MAX);
    }

    private static long millis(PlanWords words) {
        long most = PlanBounds.JUMP_MILLIS_MAX * MICROS_PER_MILLI;
        long micros = words.keyword("by").micros("a jump", -most, most);
        words.mustBe(micros % MICROS_PER_MILLI == 0,
                "a clock jumps by whole milliseconds, so the last three digits are 0");
        return micros / MICROS_PER_MILLI;
    }

    private static Fault partition(PlanWords words, int nodes) {
        List<Integer> side = words.nodeList(nodes);
        words.mustBe(side.size() < nodes, "a partition leaves a node on the other side");
        Fault.Direction direction = of(words, FaultText::direction, Fault.Direction.values(), Fault.Direction::text);
        return new Fault.Partition(side, direction, micros(words, "for"));
    }

    private static Fault.Direction direction(String text) {
        for (Fault.Direction direction : Fault.Direction.values()) {
            if (direction.text().equals(text)) {
                return direction;
            }
        }
        return null;
    }

    private static int other(PlanWords words, int one, int nodes) {
        int other = words.node(nodes);
        words.mustBe(other != one, "a node has no link to itself; name two nodes");
        return other;
    }

    private static DiskFault diskFault(PlanWords words) {
        FaultKind kind = of(words, FaultKind::of, FaultKind.values(), FaultKind::text);
        FileRole files = files(words);
        words.mustBe(kind != FaultKind.DIRECTORY_SYNC || files == FileRole.ANY,
                "the directory is no file, so 'directory-sync' only strikes 'any'");
        return new DiskFault(
                kind,
                files,
                of(words, DiskFault.Span::of, DiskFault.Span.values(), DiskFault.Span::text),
                of(words, DiskFault.Extent::of, DiskFault.Extent.values(), DiskFault.Extent::text));
    }

    private static FileRole files(PlanWords words) {
        return of(words, FileRole::of, FileRole.values(), FileRole::text);
    }

    private static boolean latent(PlanWords words) {
        String word = words.word("'bit' or 'latent'");
        words.mustBe(word.equals("bit") || word.equals("latent"),
                "'bit' or 'latent' should stand where '" + PlanWords.shown(word) + "' stands");
        return word.equals("latent");
    }

    /// The constant that the next word names.
    private static <T> T of(PlanWords words, Function<String, T> named, T[] known, Function<T, String> text) {
        ArrayList<String> names = new ArrayList<>();
        for (T constant : known) {
            names.add(text.apply(constant));
        }
        String choice = "one of " + String.join(", ", names);
        String word = words.word(choice);
        T found = named.apply(word);
        words.mustBe(found != null, choice + " should stand where '" + PlanWords.shown(word) + "' stands");
        return found == null ? known[0] : found;
    }
}
