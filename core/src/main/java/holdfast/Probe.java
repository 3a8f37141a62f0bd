package holdfast;

/// Where the core says "this happened". Production passes [#NONE]; the simulator counts, and a campaign in
/// which a [Sometimes] point is never reached fails, because then it has not tested what it claims to test.
@FunctionalInterface
public interface Probe {

    Probe NONE = _ -> {};

    void reached(Sometimes point);
}
