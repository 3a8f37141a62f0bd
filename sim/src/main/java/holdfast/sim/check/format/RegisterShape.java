package holdfast.sim.check.format;

import holdfast.sim.check.general.Outcome;
import holdfast.sim.check.general.spec.Register;
import holdfast.sim.check.general.spec.Register.Input;
import holdfast.sim.check.general.spec.Register.Output;
import holdfast.sim.history.format.Datum;
import holdfast.sim.history.format.DatumText;
import holdfast.sim.history.format.Entry;
import java.util.ArrayList;
import java.util.List;

/// `read`, `write v` and, if it may swap, `cas [expected v]`. A read of nil tells nothing, as Knossos has it, unless
/// the event says that it was `observed`; then it tells that nothing is there.
///
/// @param swaps whether there is a compare-and-set
record RegisterShape(boolean swaps) implements Shape<Input, Output> {

    static final String ABSENT = "nil";

    /// What a register may hold at first: what the header says, or else nothing or 0, Knossos's two habits.
    static List<Register> specs(Datum.Table header) {
        Datum initial = header.get("initial");
        List<Register> specs = new ArrayList<>();
        specs.add(new Register(initial == null ? ABSENT : DatumText.edn(initial)));
        if (initial == null) {
            specs.add(new Register("0"));
        }
        return specs;
    }

    @Override
    public Input input(Entry invoked, Complaints complaints) {
        List<Datum> pair = invoked.value().list();
        return switch (invoked.f()) {
            case "read" -> new Input.Read();
            case "write" -> new Input.Write(DatumText.edn(invoked.value()));
            case "cas" -> {
                if (!swaps) {
                    complaints.add("a plain register has no 'cas'; the model is cas-register");
                }
                if (pair.size() != 2) {
                    complaints.add("a 'cas' has no [expected value]");
                    yield new Input.Read();
                }
                yield new Input.Swap(DatumText.edn(pair.getFirst()), DatumText.edn(pair.getLast()));
            }
            default -> {
                complaints.add("'" + invoked.f() + "' is no operation of a register");
                yield new Input.Read();
            }
        };
    }

    @Override
    public boolean observes(Entry failed) {
        return failed.f().equals("cas") && Datum.YES.equals(failed.fields().get("observed"));
    }

    @Override
    public Outcome<Output> outcome(Entry invoked, Entry completed, Complaints complaints) {
        return switch (invoked.f()) {
            case "read" -> {
                boolean told = !completed.value().isNil() || Datum.YES.equals(completed.fields().get("observed"));
                yield told ? new Outcome.Ok<>(new Output.Value(DatumText.edn(completed.value()))) : new Outcome.Failed<>();
            }
            case "cas" -> new Outcome.Ok<>(new Output.Swapped(completed.type() == Entry.Type.OK));
            default -> new Outcome.Ok<>(new Output.Written());
        };
    }
}
