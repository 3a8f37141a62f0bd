package holdfast.sim.check.format;

import holdfast.sim.check.general.Outcome;
import holdfast.sim.check.general.spec.Keyed;
import holdfast.sim.history.format.Datum;
import holdfast.sim.history.format.DatumText;
import holdfast.sim.history.format.Entry;
import java.util.List;

/// Many objects, as `jepsen.independent` has them: every value is a pair `[key value]`, as in `read [k nil]`.
///
/// @param each the words for what is under every key
record KeyedShape<I, O>(Shape<I, O> each) implements Shape<Keyed.Input<I>, O> {

    /// Whether the registers of a history are keyed: no read of a single one is invoked with a value.
    static boolean isKeyed(List<Entry> first) {
        boolean tells = false;
        for (Entry entry : first) {
            if (entry.isClient() && entry.type() == Entry.Type.INVOKE) {
                Datum inner = inner(entry);
                boolean keyed = switch (entry.f()) {
                    case "read" -> inner != null && inner.isNil();
                    case "cas" -> inner != null && inner.list().size() == 2;
                    default -> inner != null;
                };
                if (!keyed) {
                    return false;
                }
                tells |= !entry.f().equals("write");
            }
        }
        return tells;
    }

    /// What stands beside the key, or null where there is no pair.
    private static Datum inner(Entry entry) {
        return entry.value() instanceof Datum.Row(List<Datum> pair) && pair.size() == 2 ? pair.getLast() : null;
    }

    private static Entry unkeyed(Entry entry, Complaints complaints) {
        Datum inner = inner(entry);
        if (inner == null) {
            complaints.add("a '" + entry.f() + "' has no [key value], as others before it had");
            return entry;
        }
        return new Entry(entry.line(), entry.process(), entry.type(), entry.f(), inner, entry.fields());
    }

    @Override
    public Keyed.Input<I> input(Entry invoked, Complaints complaints) {
        I input = each.input(unkeyed(invoked, complaints), complaints);
        return new Keyed.Input<>(inner(invoked) == null ? "" : key(invoked), input);
    }

    private static String key(Entry entry) {
        return DatumText.edn(entry.value().list().getFirst());
    }

    @Override
    public Outcome<O> outcome(Entry invoked, Entry completed, Complaints complaints) {
        Entry told = unkeyed(completed, complaints);
        if (told != completed && !key(invoked).equals(key(completed))) {
            complaints.add("a '" + invoked.f() + "' of key " + key(invoked) + " is completed for key " + key(completed));
        }
        return each.outcome(unkeyed(invoked, complaints), told, complaints);
    }

    @Override
    public boolean observes(Entry failed) {
        return each.observes(failed);
    }
}
