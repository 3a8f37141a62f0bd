package holdfast.sim.check.general;

import holdfast.sim.check.general.GeneralCheck.Searcher;
import holdfast.sim.check.general.spec.Counter;
import holdfast.sim.check.general.spec.Elements;
import holdfast.sim.check.general.spec.KeyValue;
import holdfast.sim.check.general.spec.ListAppend;
import holdfast.sim.check.general.spec.MultiRegister;
import holdfast.sim.check.general.spec.Mutex;
import holdfast.sim.check.general.spec.Queue;
import holdfast.sim.check.general.spec.Register;
import holdfast.sim.check.general.spec.UnorderedQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/// One random small history of some object, judged by both orders of search, by the portfolio and by brute force.
public final class ObjectTrial {

    private static final int OPERATIONS_MAX = 7;
    private static final long CONFIGURATIONS = 1_000_000;

    private ObjectTrial() {}

    /// What the judges do not agree on, in the trial with this number; empty if they do.
    public static String disagreement(long number) {
        SplittableRandom random = new SplittableRandom(number);
        return switch ((int) (number % 10)) {
            case 0 -> judged(random, new Register("v0"), ObjectTrial::register);
            case 1 -> judged(random, new Mutex(), r -> r.nextBoolean() ? Mutex.Input.ACQUIRE : Mutex.Input.RELEASE);
            case 2 -> judged(random, new Queue(Queue.Order.FIRST_IN_FIRST_OUT), ObjectTrial::queue);
            case 3 -> judged(random, new Queue(Queue.Order.LAST_IN_FIRST_OUT), ObjectTrial::queue);
            case 4 -> judged(random, new Elements(true), ObjectTrial::elements);
            case 5 -> judged(random, new KeyValue(), ObjectTrial::keyValue);
            case 6 -> judged(random, new Counter(), ObjectTrial::counter);
            case 7 -> judged(random, new ListAppend(), ObjectTrial::lists);
            case 8 -> {
                Queue ordered = new Queue(Queue.Order.FIRST_IN_FIRST_OUT);
                yield judged(new UnorderedQueue(), told(random, ordered, ObjectTrial::unordered));
            }
            default -> judged(random, new MultiRegister("v0"), ObjectTrial::registers);
        };
    }

    private static String value(SplittableRandom random) {
        return "v" + random.nextInt(3);
    }

    private static Register.Input register(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> new Register.Input.Read();
            case 2, 3 -> new Register.Input.Write(value(random));
            default -> new Register.Input.Swap(value(random), value(random));
        };
    }

    private static Queue.Input queue(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> new Queue.Input.Enqueue(value(random));
            case 2, 3 -> new Queue.Input.Dequeue();
            default -> new Queue.Input.Peek();
        };
    }

    private static Queue.Input unordered(SplittableRandom random) {
        return random.nextBoolean() ? new Queue.Input.Enqueue(value(random)) : new Queue.Input.Dequeue();
    }

    private static Counter.Input counter(SplittableRandom random) {
        return random.nextBoolean() ? new Counter.Input.Add(random.nextInt(-1, 3)) : new Counter.Input.Read();
    }

    private static ListAppend.Input lists(SplittableRandom random) {
        List<ListAppend.Access> accesses = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String list = "l" + random.nextInt(2);
            accesses.add(random.nextBoolean()
                    ? new ListAppend.Access.Read(list)
                    : new ListAppend.Access.Append(list, value(random)));
        }
        return new ListAppend.Input(accesses);
    }

    private static Elements.Input elements(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Elements.Input.Add(value(random));
            case 1 -> new Elements.Input.Remove(value(random));
            case 2 -> new Elements.Input.Contains(value(random));
            default -> new Elements.Input.ReadAll();
        };
    }

    private static KeyValue.Input keyValue(SplittableRandom random) {
        String key = "k" + random.nextInt(4) / 3;
        return switch (random.nextInt(5)) {
            case 0, 1 -> new KeyValue.Input.Get(key);
            case 2, 3 -> new KeyValue.Input.Append(key, value(random));
            default -> new KeyValue.Input.Put(key, value(random));
        };
    }

    private static MultiRegister.Input registers(SplittableRandom random) {
        List<MultiRegister.Access> accesses = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String register = "r" + random.nextInt(2);
            accesses.add(random.nextBoolean()
                    ? new MultiRegister.Access.Read(register)
                    : new MultiRegister.Access.Write(register, value(random)));
        }
        return new MultiRegister.Input(accesses);
    }

    private static <S, I, O> String judged(
            SplittableRandom random, Spec<S, I, O> spec, Function<SplittableRandom, I> inputs) {
        return judged(spec, told(random, spec, inputs));
    }

    private static <S, I, O> String judged(Spec<S, I, O> spec, OpLog<I, O> log) {
        // Keys never meet, so brute force may judge them together only if the state is one key's.
        boolean expected = parts(spec, log.ops()).stream().allMatch(part -> new BruteForce<>(spec).linearizable(part));
        StringBuilder difference = new StringBuilder();
        for (List<Searcher> searchers : List.of(
                List.of(Searcher.DEPTH_FIRST),
                List.of(Searcher.BREADTH_FIRST),
                List.of(Searcher.DEPTH_FIRST, Searcher.BREADTH_FIRST))) {
            Verdict<I, O> verdict = new GeneralCheck<>(spec, searchers).check(log.ops(), CONFIGURATIONS);
            if (verdict.passed() != expected) {
                difference.append(searchers).append(" says ").append(verdict).append('\n');
            } else if (verdict instanceof Verdict.Linearizable<I, O>(List<Op<I, O>> order)) {
                difference.append(Replay.fault(spec, log.ops(), order));
            }
        }
        return difference.isEmpty() ? "" : log.ops() + "\nby brute force " + expected + "\n" + difference;
    }

    private static <S, I, O> List<List<Op<I, O>>> parts(Spec<S, I, O> spec, List<Op<I, O>> ops) {
        LinkedHashMap<Object, List<Op<I, O>>> parts = new LinkedHashMap<>();
        ops.forEach(op -> parts.computeIfAbsent(spec.part(op.input()), _ -> new ArrayList<>()).add(op));
        return List.copyOf(parts.values());
    }

    /// Calls that take effect between call and return in an object that runs, and answers that are wrong at times.
    private static <S, I, O> OpLog<I, O> told(
            SplittableRandom random, Spec<S, I, O> spec, Function<SplittableRandom, I> inputs) {
        OpLog<I, O> log = new OpLog<>();
        LinkedHashMap<Object, S> states = new LinkedHashMap<>();
        int clients = 1 + random.nextInt(4);
        int[] open = new int[clients];
        Arrays.fill(open, -1);
        List<O> outputs = new ArrayList<>();
        List<O> effects = new ArrayList<>(Collections.nCopies(clients, null));
        int operations = 2 + random.nextInt(OPERATIONS_MAX - 1);
        for (int step = 0; step < operations * 4; step++) {
            int client = random.nextInt(clients);
            if (open[client] < 0) {
                if (log.size() < operations) {
                    open[client] = log.called(client, inputs.apply(random));
                    effects.set(client, null);
                }
            } else if (effects.get(client) == null) {
                I input = log.ops().get(open[client]).input();
                S state = states.getOrDefault(spec.part(input), spec.initial());
                Spec.Step<S, O> done = spec.apply(state, input);
                states.put(spec.part(input), done.state());
                effects.set(client, done.output());
                outputs.add(done.output());
            } else {
                answer(random, log, open[client], effects.get(client), outputs);
                open[client] = -1;
            }
        }
        return log;
    }

    private static <I, O> void answer(SplittableRandom random, OpLog<I, O> log, int op, O output, List<O> outputs) {
        switch (random.nextInt(12)) {
            case 0, 1 -> log.unknown(op);
            case 2 -> log.failed(op);
            case 3 -> {
                O other = outputs.get(random.nextInt(outputs.size()));
                log.ok(op, other.getClass() == output.getClass() ? other : output);
            }
            default -> log.ok(op, output);
        }
    }
}
