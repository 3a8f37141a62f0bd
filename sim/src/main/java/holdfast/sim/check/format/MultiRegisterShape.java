package holdfast.sim.check.format;

import holdfast.sim.check.general.Outcome;
import holdfast.sim.check.general.spec.MultiRegister;
import holdfast.sim.check.general.spec.MultiRegister.Access;
import holdfast.sim.check.general.spec.MultiRegister.Input;
import holdfast.sim.check.general.spec.MultiRegister.Output;
import holdfast.sim.history.format.Datum;
import holdfast.sim.history.format.DatumText;
import holdfast.sim.history.format.Entry;
import java.util.ArrayList;
import java.util.List;

/// `txn` with steps `[read k nil]` and `[write k v]`, or with `r` and `w`. A `read` of nil tells nothing, as Knossos has
/// it; an `r` of nil tells that nobody has written, as Elle has it.
record MultiRegisterShape() implements Shape<Input, Output> {

    /// What a register may hold at first: what the header says, or else nothing or 0.
    static List<MultiRegister> specs(Datum.Table header) {
        return RegisterShape.specs(header).stream().map(one -> new MultiRegister(one.initial())).toList();
    }

    @Override
    public Input input(Entry invoked, Complaints complaints) {
        if (!invoked.f().equals("txn")) {
            complaints.add("'" + invoked.f() + "' is no operation of several registers; that is 'txn'");
        }
        List<Access> accesses = new ArrayList<>();
        for (Datum step : invoked.value().list()) {
            List<Datum> words = step.list();
            if (words.size() != 3 || !isRead(words) && !isWrite(words)) {
                complaints.add("a step of a 'txn' is neither [read k v] nor [write k v]");
                return new Input(accesses);
            }
            String register = DatumText.edn(words.get(1));
            accesses.add(isRead(words)
                    ? new Access.Read(register)
                    : new Access.Write(register, DatumText.edn(words.get(2))));
        }
        return new Input(accesses);
    }

    static boolean isRead(List<Datum> step) {
        return step.getFirst().isNamed("read") || step.getFirst().isNamed("r");
    }

    static boolean isWrite(List<Datum> step) {
        return step.getFirst().isNamed("write") || step.getFirst().isNamed("w");
    }

    @Override
    public Outcome<Output> outcome(Entry invoked, Entry completed, Complaints complaints) {
        List<Datum> asked = invoked.value().list();
        List<Datum> told = completed.value().list();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            List<Datum> step = i < told.size() ? told.get(i).list() : List.of();
            if (told.size() != asked.size() || step.size() != 3) {
                complaints.add("the steps of a completed 'txn' are not those invoked");
                return new Outcome.Unknown<>();
            }
            if (isRead(step)) {
                values.add(step.get(2).isNil() && step.getFirst().isNamed("read")
                        ? MultiRegister.UNTOLD
                        : DatumText.edn(step.get(2)));
            }
        }
        return new Outcome.Ok<>(new Output(values));
    }
}
