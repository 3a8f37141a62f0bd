package holdfast.sim.cli;

import holdfast.sim.plan.Anchor;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.PlanGenerator;
import holdfast.sim.plan.PlanText;
import holdfast.sim.run.FaultMatrix;
import holdfast.sim.run.Simulation;
import holdfast.sim.run.StateText;
import holdfast.sim.run.TraceSink;
import holdfast.sim.run.Verdict;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The one place where the commands meet the simulator: plans from seeds and files, verdicts from plans.
final class Universes {

    /// In place of an oracle, when the simulator itself has failed.
    static final String SIMULATOR = "simulator";

    private Universes() {}

    /// @param setting one that is not refused
    static Plan ofSeed(long seed, Setting setting) {
        return PlanGenerator.generate(seed, setting.planOptions());
    }

    /// The universe that a command is asked for, by its seed or by the name of a plan file.
    static Input<Plan> ofOperand(Arguments arguments) {
        String operand = arguments.operand();
        boolean isSeed = operand.matches("[0-9]+");
        Option name = new Option("the plan", Option.Kind.FILE, "", "");
        if (name.refusalOf(operand).isPresent()) {
            return new Input.Bad<>(name.refusalOf(operand).get());
        }
        if (!isSeed) {
            for (String option : Setting.OPTIONS) {
                if (arguments.has(option)) {
                    return new Input.Bad<>(
                            "a plan has its own nodes, faults and disks; leave " + option + " out or edit " + operand);
                }
            }
            return ofFile(Path.of(operand));
        }
        if (!operand.matches("[0-9]{1,18}")) {
            return new Input.Bad<>("seed " + operand + ": expected at most 18 digits");
        }
        return switch (Setting.of(arguments)) {
            case Input.Bad<Setting>(String sentence) -> new Input.Bad<>(sentence);
            case Input.Good<Setting>(Setting setting) -> new Input.Good<>(ofSeed(Long.parseLong(operand), setting));
        };
    }

    static Input<Plan> ofFile(Path file) {
        try {
            return switch (PlanText.parse(Files.readString(file))) {
                case PlanText.Parsed.Ok ok -> new Input.Good<>(ok.plan());
                case PlanText.Parsed.Damaged damaged -> new Input.Bad<>(
                        file + ", line " + damaged.line() + ": " + damaged.sentence()
                                + "; './holdfast replay SEED --save-plan FILE' writes a sound plan");
            };
        } catch (CharacterCodingException binary) {
            return new Input.Bad<>(file + " is no plan: it holds bytes that are not text");
        } catch (IOException unreadable) {
            return new Input.Bad<>("cannot read the plan " + Failures.of(unreadable)
                    + "; give a seed, or a file that 'replay SEED --save-plan FILE' wrote");
        }
    }

    static String text(Plan plan) {
        return PlanText.print(plan);
    }

    /// Runs a universe to its end. Whatever it throws is a bug of the simulator and fails the universe.
    static Verdict run(Plan plan, TraceSink sink) {
        return runUntil(plan, sink, Long.MAX_VALUE);
    }

    static Verdict runUntil(Plan plan, TraceSink sink, long event) {
        try {
            Simulation simulation = new Simulation(plan, sink);
            return event == Long.MAX_VALUE ? simulation.run() : simulation.runUntil(event);
        } catch (RuntimeException | Error bug) {
            return broken(plan.seed(), bug);
        }
    }

    /// What a machine is like after that event, line by line; if the universe ends before, at its end.
    ///
    /// @param node from 1
    static String state(Plan plan, long event, int node) {
        Simulation simulation = new Simulation(plan, TraceSink.NONE);
        simulation.runUntil(event);
        StateText text = new StateText();
        simulation.describe(node, text);
        return text.toString();
    }

    /// Other words for the times at which the faults of this plan strike.
    static Map<Integer, List<Anchor>> anchors(Plan plan) {
        Simulation simulation = new Simulation(plan, TraceSink.NONE);
        try {
            simulation.run();
        } catch (RuntimeException | Error bug) {
            // Its verdict says so; the faults have struck all the same.
        }
        return simulation.anchors();
    }

    /// The verdict on a universe that ended with an exception: a bug of whoever threw it.
    static Verdict broken(long seed, Throwable bug) {
        String oracle = Failures.isOfSimulator(bug) ? SIMULATOR : "exception";
        return new Verdict(seed, oracle, Failures.of(bug), 0, 0, 0, List.of(), new FaultMatrix(), 0, 0, 0);
    }
}
