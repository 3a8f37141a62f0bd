package holdfast.sim.check.general;

import holdfast.sim.check.general.spec.KeyValue;
import holdfast.sim.check.general.spec.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;

/// Long histories of registers and key-value stores for measuring: closed-loop clients, half of their operations
/// reads; a bad one has one read of a value that was not there.
public final class BigRegister {

    private BigRegister() {}

    private static final int VALUES = 5;
    private static final int LOST = 64;
    private static final int ANSWERED = 40;
    private static final String ABSURD = "99";

    /// How long a history is to be, and what else its clients do.
    ///
    /// @param timeoutsPerMille how many answers are lost
    /// @param bad whether a read at three quarters is to be wrong
    public record Shape(int operations, int clients, int timeoutsPerMille, boolean bad) {}

    /// Half reads, 30 % writes, 20 % compare-and-set, five values.
    public static OpLog<Register.Input, Register.Output> register(Shape shape, long seed) {
        return log(new Register("nil"), shape, seed, BigRegister::registerInput, new Register.Output.Value(ABSURD));
    }

    /// Half reads, 30 % writes, 20 % appends, five values, so many keys.
    public static OpLog<KeyValue.Input, KeyValue.Output> keyValue(Shape shape, int keys, long seed) {
        return log(new KeyValue(), shape, seed, random -> keyValueInput(random, keys), new KeyValue.Output.Value(ABSURD));
    }

    private static <S, I, O> OpLog<I, O> log(
            Spec<S, I, O> spec, Shape shape, long seed, Function<SplittableRandom, I> inputs, O absurd) {
        SplittableRandom random = new SplittableRandom(seed);
        OpLog<I, O> log = new OpLog<>();
        LinkedHashMap<Object, S> states = new LinkedHashMap<>();
        int[] open = new int[shape.clients];
        Arrays.fill(open, -1);
        List<O> told = new ArrayList<>(Collections.nCopies(shape.clients, null));
        boolean planted = !shape.bad;
        while (log.size() < shape.operations) {
            int client = random.nextInt(shape.clients);
            if (open[client] < 0) {
                open[client] = log.called(client, inputs.apply(random));
                told.set(client, null);
                continue;
            }
            I input = log.ops().get(open[client]).input();
            if (told.get(client) == null) {
                Spec.Step<S, O> step = spec.apply(states.getOrDefault(spec.part(input), spec.initial()), input);
                states.put(spec.part(input), step.state());
                told.set(client, step.output());
                continue;
            }
            if (!planted && open[client] >= shape.operations * 3 / 4 && spec.readOnly(input)) {
                planted = true;
                log.ok(open[client], absurd);
            } else if (random.nextInt(1000) < shape.timeoutsPerMille) {
                log.unknown(open[client]);
            } else {
                log.ok(open[client], told.get(client));
            }
            open[client] = -1;
        }
        return log;
    }

    /// A register of a cluster that hardly answers: 64 of 104 operations are writes of unknown outcome, each of a value of
    /// its own, of which about every other one took effect at some time; the rest are reads and writes that were answered.
    public static OpLog<Register.Input, Register.Output> lostWrites(boolean bad, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        OpLog<Register.Input, Register.Output> log = new OpLog<>();
        List<Integer> sorts = new ArrayList<>(Collections.nCopies(LOST, 0));
        for (int answered = 0; answered < ANSWERED; answered++) {
            sorts.add(1 + answered % 4);
        }
        Collections.shuffle(sorts, new Random(seed));
        List<String> late = new ArrayList<>();
        String value = "nil";
        int reads = 0;
        for (int op = 0; op < sorts.size(); op++) {
            if (!late.isEmpty() && random.nextInt(3) == 0) {
                value = late.remove(random.nextInt(late.size()));
            }
            if (sorts.get(op) == 0) {
                log.called(op, new Register.Input.Write("lost" + op));
                if (random.nextBoolean()) {
                    late.add("lost" + op);
                }
            } else if (sorts.get(op) == 1) {
                value = "kept" + op;
                log.ok(log.called(op, new Register.Input.Write(value)), new Register.Output.Written());
            } else {
                boolean wrong = bad && ++reads == ANSWERED / 2;
                log.ok(log.called(op, new Register.Input.Read()), new Register.Output.Value(wrong ? "nobody's" : value));
            }
        }
        return log;
    }

    private static Register.Input registerInput(SplittableRandom random) {
        int roll = random.nextInt(10);
        if (roll < 5) {
            return new Register.Input.Read();
        }
        String value = value(random);
        return roll < 8 ? new Register.Input.Write(value) : new Register.Input.Swap(value(random), value);
    }

    private static KeyValue.Input keyValueInput(SplittableRandom random, int keys) {
        int roll = random.nextInt(10);
        String key = String.valueOf(random.nextInt(keys));
        if (roll < 5) {
            return new KeyValue.Input.Get(key);
        }
        return roll < 8 ? new KeyValue.Input.Put(key, value(random)) : new KeyValue.Input.Append(key, value(random));
    }

    private static String value(SplittableRandom random) {
        return String.valueOf(random.nextInt(VALUES));
    }
}
