package holdfast.sim.check.general;

import holdfast.sim.check.general.spec.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/// Long histories of registers and key-value stores for measuring: closed-loop clients, half of their operations
/// reads; a bad one has one read of a value that was not there.
public final class BigRegister {

    private BigRegister() {}

    private static final int VALUES = 5;
    private static final int LOST = 64;
    private static final int ANSWERED = 40;

    /// Half reads, 30 % writes, 20 % compare-and-set, five values.
    public static OpLog<Register.Input, Register.Output> register(
            int operations, int clients, int timeoutsPerMille, boolean bad, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        OpLog<Register.Input, Register.Output> log = new OpLog<>();
        Register spec = new Register("nil");
        String state = spec.initial();
        int[] open = new int[clients];
        Arrays.fill(open, -1);
        Register.Output[] told = new Register.Output[clients];
        int planted = bad ? operations * 3 / 4 : -1;
        while (log.size() < operations) {
            int client = random.nextInt(clients);
            if (open[client] < 0) {
                open[client] = log.called(client, input(random));
                told[client] = null;
            } else if (told[client] == null) {
                Spec.Step<String, Register.Output> step = spec.apply(state, log.ops().get(open[client]).input());
                state = step.state();
                told[client] = step.output();
            } else {
                boolean read = told[client] instanceof Register.Output.Value;
                if (bad && planted >= 0 && open[client] >= planted && read) {
                    log.ok(open[client], new Register.Output.Value("v99"));
                    planted = -1;
                } else if (random.nextInt(1000) < timeoutsPerMille) {
                    log.unknown(open[client]);
                } else {
                    log.ok(open[client], told[client]);
                }
                open[client] = -1;
            }
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

    private static Register.Input input(SplittableRandom random) {
        int roll = random.nextInt(10);
        if (roll < 5) {
            return new Register.Input.Read();
        }
        String value = "v" + random.nextInt(VALUES);
        return roll < 8
                ? new Register.Input.Write(value)
                : new Register.Input.Swap("v" + random.nextInt(VALUES), value);
    }
}
