package holdfast.sim.check.format;

import holdfast.sim.check.general.Outcome;
import holdfast.sim.check.general.spec.Mutex;
import holdfast.sim.history.format.Entry;

/// `acquire` and `release`.
record MutexShape() implements Shape<Mutex.Input, Boolean> {

    @Override
    public Mutex.Input input(Entry invoked, Complaints complaints) {
        return switch (invoked.f()) {
            case "acquire" -> Mutex.Input.ACQUIRE;
            case "release" -> Mutex.Input.RELEASE;
            default -> {
                complaints.add("'" + invoked.f() + "' is no operation of a mutex");
                yield Mutex.Input.ACQUIRE;
            }
        };
    }

    @Override
    public Outcome<Boolean> outcome(Entry invoked, Entry completed, Complaints complaints) {
        return new Outcome.Ok<>(true);
    }
}
