package holdfast.sim.check;

/// An oracle saw something that must not be. Thrown from within an event, caught by the simulation, which ends
/// the universe with it as the verdict.
public final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String oracle;

    public Violation(String oracle, String sentence) {
        super(sentence, null, false, false);
        this.oracle = oracle;
    }

    /// The oracle's stable name; two failures with the same name are the same kind of failure.
    public String oracle() {
        return oracle;
    }
}
