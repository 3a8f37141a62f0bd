package holdfast.sim.check.format;

import holdfast.sim.check.general.Outcome;
import holdfast.sim.check.general.spec.ListAppend.Access;
import holdfast.sim.check.general.spec.ListAppend.Chain;
import holdfast.sim.check.general.spec.ListAppend.Input;
import holdfast.sim.check.general.spec.ListAppend.Output;
import holdfast.sim.history.format.Datum;
import holdfast.sim.history.format.DatumText;
import holdfast.sim.history.format.Entry;
import java.util.ArrayList;
import java.util.List;

/// `txn` with steps `[append k v]` and `[r k list]`, as Elle has it. A read of nil tells that the list is empty.
record ListAppendShape() implements Shape<Input, Output> {

    static boolean isAppend(Datum step) {
        return step.list().size() == 3 && step.list().getFirst().isNamed("append");
    }

    private static boolean isRead(Datum step) {
        return step.list().size() == 3 && MultiRegisterShape.isRead(step.list());
    }

    @Override
    public Input input(Entry invoked, Complaints complaints) {
        if (!invoked.f().equals("txn")) {
            complaints.add("'" + invoked.f() + "' is no operation of several lists; that is 'txn'");
        }
        List<Access> accesses = new ArrayList<>();
        for (Datum step : invoked.value().list()) {
            if (!isAppend(step) && !isRead(step)) {
                complaints.add("a step of a 'txn' is neither [append k v] nor [r k list]");
                return new Input(accesses);
            }
            String list = DatumText.edn(step.list().get(1));
            accesses.add(isRead(step)
                    ? new Access.Read(list)
                    : new Access.Append(list, DatumText.edn(step.list().get(2))));
        }
        return new Input(accesses);
    }

    @Override
    public Outcome<Output> outcome(Entry invoked, Entry completed, Complaints complaints) {
        List<Datum> asked = invoked.value().list();
        List<Datum> told = completed.value().list();
        List<Chain> read = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            boolean same = told.size() == asked.size()
                    && told.get(i).list().size() == 3
                    && told.get(i).list().subList(0, 2).equals(asked.get(i).list().subList(0, 2));
            if (!same) {
                complaints.add("the steps of a completed 'txn' are not those invoked");
                return new Outcome.Unknown<>();
            }
            if (isRead(told.get(i))) {
                read.add(list(told.get(i).list().get(2), complaints));
            }
        }
        return new Outcome.Ok<>(new Output(read));
    }

    private static Chain list(Datum told, Complaints complaints) {
        if (!told.isNil() && !(told instanceof Datum.Row)) {
            complaints.add("a read of a 'txn' tells no list");
        }
        return Chain.of(told.list().stream().map(DatumText::edn).toList());
    }
}
