package holdfast.sim.check.general;

import holdfast.sim.check.general.spec.Register;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Long histories of registers and key-value stores for measuring: closed-loop clients, half of their operations
/// reads; a bad one has one read of a value that was not there.
public final class BigRegister {

    private BigRegister() {}

    private static final int VALUES = 5;

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
