package holdfast.sim.disk;

import holdfast.Check;
import holdfast.sim.kernel.Cause;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;
import java.util.ArrayList;

/// The faults that wait for their operation, in the order in which they were armed.
final class ArmedFaults {

    /// More than a sensible plan ever has waiting on one disk.
    private static final int ARMED_MAX = 1024;

    /// No page chosen beforehand: the extent decides.
    private static final int ANY_PAGE = -1;

    /// @param cause who armed it
    /// @param page the one page that is hit, or [#ANY_PAGE]
    /// @param sectors which sectors of it
    /// @param strikes so far
    private record Armed(DiskFault fault, long cause, int page, int sectors, int strikes) {}

    private final Entropy entropy;
    private final ArrayList<Armed> armed = new ArrayList<>();
    private long cause;

    ArmedFaults(Entropy entropy) {
        this.entropy = entropy;
    }

    ArmedFaults copy() {
        ArmedFaults copy = new ArmedFaults(entropy);
        copy.armed.addAll(armed);
        copy.cause = cause;
        return copy;
    }

    /// @param by a [Cause]
    void arm(DiskFault fault, long by) {
        add(new Armed(fault, by, ANY_PAGE, Page.ALL_SECTORS, 0));
    }

    /// Exactly these sectors of exactly this page.
    void armSectors(DiskFault fault, int page, int sectors) {
        add(new Armed(fault, 0, page, sectors, 0));
    }

    /// Keys what the fault that struck last leaves open: the one that armed it, and the how-manieth of its strikes it was.
    long cause() {
        return cause;
    }

    private void add(Armed added) {
        Check.that(armed.size() < ARMED_MAX, "faults waiting on a disk are bounded", armed.size(), ARMED_MAX);
        armed.add(added);
    }

    void clear() {
        armed.clear();
    }

    boolean isEmpty() {
        return armed.isEmpty();
    }

    int count() {
        return armed.size();
    }

    boolean has(FaultKind kind) {
        for (Armed waiting : armed) {
            if (waiting.fault().kind() == kind) {
                return true;
            }
        }
        return false;
    }

    /// True if such a fault fits this file now; one that strikes once is used up.
    boolean strikes(FaultKind kind, String file) {
        for (int i = 0; i < armed.size(); i++) {
            DiskFault fault = armed.get(i).fault();
            if (fault.kind() == kind && fault.files().matches(file)) {
                use(i);
                return true;
            }
        }
        return false;
    }

    /// The sectors of a write-back that fail, or null. `pages[0, count)` are about to be written.
    FailedBlocks strikeWriteBack(Inode file, int[] pages, int count) {
        for (int i = 0; i < armed.size(); i++) {
            Armed waiting = armed.get(i);
            Answer error = errorOf(waiting.fault().kind());
            if (error == Answer.OK || !waiting.fault().files().matches(file.name)) {
                continue;
            }
            if (waiting.page() != ANY_PAGE && !contains(pages, count, waiting.page())) {
                continue;
            }
            use(i);
            return waiting.page() == ANY_PAGE
                    ? drawn(waiting.fault().extent(), error, pages, count, entropy.bits(Purpose.DISK_WRITE_BACK, file.key, cause))
                    : new FailedBlocks(error, waiting.page(), waiting.sectors());
        }
        return null;
    }

    private static Answer errorOf(FaultKind kind) {
        return kind == FaultKind.WRITE_BACK
                ? Answer.EIO
                : kind == FaultKind.WRITE_BACK_NO_SPACE ? Answer.ENOSPC : Answer.OK;
    }

    private static boolean contains(int[] pages, int count, int page) {
        for (int i = 0; i < count; i++) {
            if (pages[i] == page) {
                return true;
            }
        }
        return false;
    }

    private static FailedBlocks drawn(DiskFault.Extent extent, Answer error, int[] pages, int count, long draw) {
        int page = pages[(int) Math.unsignedMultiplyHigh(draw, count)];
        return switch (extent) {
            case ALL_PAGES -> FailedBlocks.all(error);
            case ONE_PAGE -> new FailedBlocks(error, page, Page.ALL_SECTORS);
            case ONE_SECTOR -> new FailedBlocks(error, page, 1 << (draw & (Page.SECTORS - 1)));
        };
    }

    private void use(int index) {
        Armed used = armed.get(index);
        cause = Cause.nth(used.cause(), used.strikes());
        if (used.fault().span() == DiskFault.Span.ONCE) {
            armed.remove(index);
        } else {
            armed.set(index, new Armed(used.fault(), used.cause(), used.page(), used.sectors(), used.strikes() + 1));
        }
    }

    /// @param page the page that fails, or all
    /// @param sectors the sectors of it that fail
    record FailedBlocks(Answer error, int page, int sectors) {

        static FailedBlocks all(Answer error) {
            return new FailedBlocks(error, ANY_PAGE, Page.ALL_SECTORS);
        }

        int sectorsOf(int candidate) {
            return page == ANY_PAGE || page == candidate ? sectors : 0;
        }
    }
}
