package holdfast.sim.history;

/// One line of a [History]. Events are totally ordered; an operation lasts from its first event to its second.
public sealed interface Event {

    int op();

    record Invoked(int op, int client, Call call) implements Event {}

    record Answered(int op, Answer answer) implements Event {}
}
