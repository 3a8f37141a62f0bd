package holdfast.sim.check.format;

import holdfast.sim.check.general.spec.Counter;
import holdfast.sim.check.general.spec.Elements;
import holdfast.sim.check.general.spec.KeyValue;
import holdfast.sim.check.general.spec.Keyed;
import holdfast.sim.check.general.spec.ListAppend;
import holdfast.sim.check.general.spec.Mutex;
import holdfast.sim.check.general.spec.Queue;
import holdfast.sim.check.general.spec.Register;
import holdfast.sim.check.general.spec.S2Stream;
import holdfast.sim.check.general.spec.UnorderedQueue;
import holdfast.sim.history.format.Datum;
import holdfast.sim.history.format.Entry;
import java.util.List;

/// The objects that histories can be about.
public enum Model {
    STREAM("stream"),
    REGISTER("register"),
    CAS_REGISTER("cas-register"),
    MULTI_REGISTER("multi-register"),
    LIST_APPEND("list-append"),
    KV("kv"),
    MUTEX("mutex"),
    SET("set"),
    COUNTER("counter"),
    QUEUE("queue"),
    UNORDERED_QUEUE("unordered-queue"),
    STACK("stack"),
    S2("s2");

    private final String written;

    Model(String written) {
        this.written = written;
    }

    /// The word on the command line.
    public String written() {
        return written;
    }

    /// The model by its word, or null.
    public static Model named(String word) {
        for (Model model : values()) {
            if (model.written.equals(word)) {
                return model;
            }
        }
        return null;
    }

    /// The model that the header names, or that the first events seem to be about; null when they tell too little. Where
    /// no client acts any model will do.
    public static Model of(Datum.Table header, List<Entry> first) {
        Datum named = header.get("model");
        if (named != null) {
            return named(named.name());
        }
        Model without = first.isEmpty() ? null : CAS_REGISTER;
        for (Entry entry : first) {
            Model model = by(entry);
            if (model != null) {
                return model;
            }
            without = entry.isClient() ? null : without;
        }
        if (anyIs("add", first)) {
            boolean counts = first.stream().anyMatch(
                    entry -> entry.f().equals("read") && entry.value() instanceof Datum.Number);
            return counts ? COUNTER : SET;
        }
        if (anyIs("read", first)) {
            boolean wholes = first.stream().anyMatch(entry -> entry.f().equals("read")
                    && (entry.value() instanceof Datum.Row || entry.value() instanceof Datum.Bag));
            return wholes && !KeyedShape.isKeyed(first) ? SET : CAS_REGISTER;
        }
        return anyIs("txn", first) ? MULTI_REGISTER : without;
    }

    private static boolean anyIs(String f, List<Entry> entries) {
        return entries.stream().anyMatch(entry -> entry.isClient() && entry.f().equals(f));
    }

    /// An object with the same operations and other rules, or null: where the model is guessed it may be that one.
    public Model rival() {
        return switch (this) {
            case QUEUE -> UNORDERED_QUEUE;
            default -> null;
        };
    }

    /// The model that one event tells, or null. A read alone may be one of a register, a counter or a set.
    private static Model by(Entry entry) {
        if (!entry.isClient()) {
            return null;
        }
        if (entry.value() instanceof Datum.Table value) {
            if (value.get("stream") != null) {
                return STREAM;
            }
            if (value.get("num_records") != null) {
                return S2;
            }
        }
        return switch (entry.f()) {
            case "get", "put" -> KV;
            case "append" -> entry.fields().get("key") == null ? null : KV;
            case "write", "cas" -> CAS_REGISTER;
            case "txn" -> byTransaction(entry.value().list());
            case "acquire", "release" -> MUTEX;
            case "insert", "remove", "contains" -> SET;
            case "increment", "incr", "decrement", "decr" -> COUNTER;
            case "enqueue", "enq", "dequeue", "deq" -> QUEUE;
            case "push", "pop" -> STACK;
            case "check-tail" -> S2;
            default -> null;
        };
    }

    /// Reads alone tell it by what they read.
    private static Model byTransaction(List<Datum> steps) {
        for (Datum step : steps) {
            if (ListAppendShape.isAppend(step) || step.list().size() == 3 && step.list().get(2) instanceof Datum.Row) {
                return LIST_APPEND;
            }
            if (step.list().size() == 3 && !step.list().get(2).isNil()) {
                return MULTI_REGISTER;
            }
        }
        return null;
    }

    private static Court registers(RegisterShape shape, Datum.Table header, List<Entry> first) {
        List<Register> specs = RegisterShape.specs(header);
        return KeyedShape.isKeyed(first)
                ? new ObjectCourt<>(new KeyedShape<>(shape), specs.stream().map(Keyed::new).toList())
                : new ObjectCourt<>(shape, specs);
    }

    /// Who judges a history about this object.
    ///
    /// @param header what the file says about all of it
    /// @param first the first events, or all of them
    /// @param keeps whether the court will be asked for its deeds
    public Court court(Datum.Table header, List<Entry> first, boolean keeps) {
        return switch (this) {
            case STREAM -> new StreamCourt(header, keeps);
            case REGISTER -> registers(new RegisterShape(false), header, first);
            case CAS_REGISTER -> registers(new RegisterShape(true), header, first);
            case MULTI_REGISTER -> new ObjectCourt<>(new MultiRegisterShape(), MultiRegisterShape.specs(header));
            case LIST_APPEND -> new ObjectCourt<>(new ListAppendShape(), List.of(new ListAppend()));
            case KV -> new ObjectCourt<>(new KeyValueShape(), List.of(new KeyValue()));
            case MUTEX -> new ObjectCourt<>(new MutexShape(), List.of(new Mutex()));
            case SET -> {
                boolean whole = first.stream().anyMatch(entry -> entry.f().equals("read"));
                yield new ObjectCourt<>(new ElementsShape(), List.of(new Elements(whole)));
            }
            case COUNTER -> new ObjectCourt<>(new CounterShape(), List.of(new Counter()));
            case QUEUE -> new ObjectCourt<>(new QueueShape(true), List.of(new Queue(Queue.Order.FIRST_IN_FIRST_OUT)));
            case UNORDERED_QUEUE -> new ObjectCourt<>(new QueueShape(false), List.of(new UnorderedQueue()));
            case STACK -> new ObjectCourt<>(new QueueShape(true), List.of(new Queue(Queue.Order.LAST_IN_FIRST_OUT)));
            case S2 -> new ObjectCourt<>(new S2Shape(), List.of(new S2Stream()));
        };
    }
}
