package holdfast;

/// Where the core says "this happened". Production counts for its metrics; so does the simulator, and a campaign in
/// which a [Sometimes] point is never reached fails, because then it has not tested what it claims to test.
@FunctionalInterface
public interface Probe {

    Probe NONE = _ -> {};

    void reached(Sometimes point);
}
