package holdfast.sim.check.general.spec;

import holdfast.sim.check.general.Spec;

/// A lock that does not know its holders: acquiring a held one and releasing a free one are refused.
public record Mutex() implements Spec<Boolean, Mutex.Input, Boolean> {

    /// What can be asked for; the output is whether it was done.
    public enum Input {
        ACQUIRE,
        RELEASE
    }

    @Override
    public Boolean initial() {
        return false;
    }

    @Override
    public Step<Boolean, Boolean> apply(Boolean held, Input input) {
        return switch (input) {
            case ACQUIRE -> new Step<>(true, !held);
            case RELEASE -> new Step<>(false, held);
        };
    }

    @Override
    public String describe(Boolean held) {
        return held ? "the lock held" : "the lock free";
    }
}
