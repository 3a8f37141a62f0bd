package holdfast;

/// Where the core says "this happened". Production counts for its metrics; so does the simulator, and a campaign that owes a
/// [Sometimes] point and has never reached it fails, because then it has not tested what it claims to test.
@FunctionalInterface
public interface Probe {

    Probe NONE = _ -> {};

    void reached(Sometimes point);
}
