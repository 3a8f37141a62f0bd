package holdfast.sim.plan;

import java.util.ArrayList;
import java.util.List;

/// Which kinds of faults a plan may have: what `--faults` says.
///
/// @param kinds in the order of the enum
public record FaultSelection(List<Fault.Kind> kinds) {

    public static final FaultSelection ALL = new FaultSelection(List.of(Fault.Kind.values()));
    public static final FaultSelection NONE = new FaultSelection(List.of());

    private static final String WITHOUT = "-";

    public FaultSelection {
        kinds = List.copyOf(kinds);
    }

    public boolean has(Fault.Kind kind) {
        return kinds.contains(kind);
    }

    /// Reads `all`, `none`, kinds separated by commas, or what to leave out: `-crash,-power`.
    ///
    /// @throws IllegalArgumentException with a sentence that names what is unknown and what is known
    public static FaultSelection parse(String text) {
        if (text.equals("all")) {
            return ALL;
        }
        if (text.equals("none")) {
            return NONE;
        }
        boolean leavesOut = text.startsWith(WITHOUT);
        ArrayList<Fault.Kind> named = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            if (word.startsWith(WITHOUT) != leavesOut) {
                throw new IllegalArgumentException("either name what to inject or, with '-', what to leave out");
            }
            named.add(kind(leavesOut ? word.substring(WITHOUT.length()) : word));
        }
        ArrayList<Fault.Kind> kinds = new ArrayList<>();
        for (Fault.Kind kind : Fault.Kind.values()) {
            if (named.contains(kind) != leavesOut) {
                kinds.add(kind);
            }
        }
        return new FaultSelection(kinds);
    }

    private static Fault.Kind kind(String word) {
        ArrayList<String> known = new ArrayList<>();
        for (Fault.Kind kind : Fault.Kind.values()) {
            if (kind.text().equals(word)) {
                return kind;
            }
            known.add(kind.text());
        }
        throw new IllegalArgumentException(
                "there is no fault '" + word + "'; there are all, none, " + String.join(", ", known));
    }
}
