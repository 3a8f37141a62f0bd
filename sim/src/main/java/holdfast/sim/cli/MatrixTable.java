package holdfast.sim.cli;

import holdfast.sim.fault.Unreachable;
import holdfast.sim.plan.FaultSelection;
import holdfast.sim.plan.FaultWord;
import holdfast.sim.world.Doing;
import java.util.ArrayList;
import java.util.List;

/// What faults have struck while it did what, as a table of 80 columns: a row for each sort of fault that the campaign had, a
/// column for each thing that a node can be at.
final class MatrixTable {

    /// A large campaign has filled so many of a hundred reachable cells.
    static final int FILLED_PERCENT = 95;

    private static final int FAULT_COLUMNS = 14;
    private static final String EMPTY = ".";
    private static final String UNREACHABLE = "-";
    private static final long KILO = 1_000;
    private static final long MEGA = 1_000_000;

    private final Tally tally;
    private final List<FaultWord> rows = new ArrayList<>();
    private int reachable;
    private int filled;

    /// @param selection what the campaign had
    MatrixTable(Tally tally, FaultSelection selection) {
        this.tally = tally;
        for (FaultWord fault : FaultWord.values()) {
            if (selection.has(fault.kind())) {
                rows.add(fault);
            }
        }
        for (FaultWord fault : rows) {
            for (Doing doing : Doing.values()) {
                boolean isReachable = Unreachable.because(fault, doing).isEmpty();
                reachable += isReachable ? 1 : 0;
                filled += isReachable && tally.strikes(fault, doing) > 0 ? 1 : 0;
            }
        }
    }

    /// None if the campaign had no faults.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (rows.isEmpty()) {
            return lines;
        }
        StringBuilder head = new StringBuilder(padded("struck while"));
        for (Doing doing : Doing.values()) {
            head.append(' ').append(doing.text());
        }
        lines.add(head.toString());
        for (FaultWord fault : rows) {
            StringBuilder line = new StringBuilder(padded(fault.text()));
            for (Doing doing : Doing.values()) {
                String cell = cell(fault, doing);
                line.append(" ".repeat(1 + doing.text().length() - cell.length())).append(cell);
            }
            lines.add(line.toString());
        }
        lines.add("fault x state: " + filled + " of " + reachable + " reachable cells filled");
        return lines;
    }

    /// Whether enough of the cells are filled for a large campaign.
    boolean isFilled() {
        return filled * 100 >= reachable * FILLED_PERCENT;
    }

    private String cell(FaultWord fault, Doing doing) {
        long count = tally.strikes(fault, doing);
        if (count == 0) {
            return Unreachable.because(fault, doing).isEmpty() ? EMPTY : UNREACHABLE;
        }
        return short4(count);
    }

    /// At most four characters for less than a billion.
    private static String short4(long count) {
        if (count < 10 * KILO) {
            return Long.toString(count);
        }
        return count < MEGA ? count / KILO + "k" : count / MEGA + "M";
    }

    private static String padded(String text) {
        return text + " ".repeat(FAULT_COLUMNS - text.length());
    }
}
