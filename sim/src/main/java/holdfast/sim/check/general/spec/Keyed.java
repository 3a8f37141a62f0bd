package holdfast.sim.check.general.spec;

import holdfast.sim.check.general.Spec;
import java.util.List;

/// Many objects of one kind, each under a key. Keys never meet, so each is judged alone and the state is one key's.
///
/// @param each what is under every key
public record Keyed<S, I, O>(Spec<S, I, O> each) implements Spec<S, Keyed.Input<I>, O> {

    /// What is asked for, and where.
    public record Input<I>(String key, I input) {}

    @Override
    public S initial() {
        return each.initial();
    }

    @Override
    public Step<S, O> apply(S state, Input<I> input) {
        return each.apply(state, input.input());
    }

    @Override
    public boolean explains(S before, Input<I> input, O possible, O seen) {
        return each.explains(before, input.input(), possible, seen);
    }

    @Override
    public S learn(S after, Input<I> input, O seen) {
        return each.learn(after, input.input(), seen);
    }

    @Override
    public boolean losesAnswers() {
        return each.losesAnswers();
    }

    @Override
    public boolean lost(S state, Input<I> input, O seen) {
        return each.lost(state, input.input(), seen);
    }

    @Override
    public boolean isReviving(Input<I> done) {
        return each.isReviving(done.input());
    }

    @Override
    public boolean revives(Input<I> done, Input<I> input, O seen) {
        return each.revives(done.input(), input.input(), seen);
    }

    @Override
    public boolean readOnly(Input<I> input) {
        return each.readOnly(input.input());
    }

    @Override
    public boolean readOnly(Input<I> input, O seen) {
        return each.readOnly(input.input(), seen);
    }

    @Override
    public boolean overwrites(Input<I> input) {
        return each.overwrites(input.input());
    }

    @Override
    public Object part(Input<I> input) {
        return List.of(input.key(), each.part(input.input()));
    }

    @Override
    public String describe(S state) {
        return each.describe(state);
    }
}
