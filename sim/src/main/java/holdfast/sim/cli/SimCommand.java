package holdfast.sim.cli;

import holdfast.sim.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `./holdfast sim`: from options to a campaign to its report.
final class SimCommand {

    private static final SeedRange DEFAULT_SEEDS = new SeedRange(1, 1000);
    private static final long NANOS_PER_MINUTE = 60_000_000_000L;
    private static final List<String> SEED_OPTIONS = List.of("--seeds", "--seed", "--minutes");

    private final Arguments arguments;
    private final Terminal terminal;

    SimCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
    }

    int run() {
        if (arguments.has("--seed") && (arguments.has("--seeds") || arguments.has("--minutes"))) {
            return terminal.refuse("--seed is one universe; give --seeds A..B or --minutes M instead for more");
        }
        return switch (Setting.of(arguments)) {
            case Input.Bad<Setting>(String sentence) -> terminal.refuse(sentence);
            case Input.Good<Setting>(Setting setting) -> withPlan(setting);
        };
    }

    private int withPlan(Setting setting) {
        if (!arguments.has("--plan")) {
            return withHashes(setting, Optional.empty());
        }
        for (String option : Stream.concat(SEED_OPTIONS.stream(), Setting.OPTIONS.stream()).toList()) {
            if (arguments.has(option)) {
                return terminal.refuse(
                        "a plan has its own seed, nodes, faults and disks; leave " + option + " out or edit the plan");
            }
        }
        return switch (Universes.ofFile(Path.of(arguments.text("--plan", "")))) {
            case Input.Bad<Plan>(String sentence) -> terminal.refuse(sentence);
            case Input.Good<Plan>(Plan read) -> withHashes(setting, Optional.of(read));
        };
    }

    private int withHashes(Setting setting, Optional<Plan> plan) {
        Optional<TraceHashes> expected = Optional.empty();
        if (arguments.has("--check-hashes")) {
            switch (TraceHashes.read(Path.of(arguments.text("--check-hashes", "")), setting.toString())) {
                case Input.Bad<TraceHashes>(String sentence) -> {
                    return terminal.refuse(sentence);
                }
                case Input.Good<TraceHashes>(TraceHashes hashes) -> expected = Optional.of(hashes);
            }
        }
        Optional<TraceHashes> written =
                arguments.has("--write-hashes") ? Optional.of(new TraceHashes(setting.toString())) : Optional.empty();
        SeedRange seeds = plan.map(one -> new SeedRange(one.seed(), one.seed())).orElseGet(this::seeds);
        long cores = Runtime.getRuntime().availableProcessors();
        int jobs = (int) Math.min(arguments.number("--jobs", cores), seeds.size() > 0 ? seeds.size() : Integer.MAX_VALUE);
        return campaign(new Campaign.Request(seeds, setting, plan, jobs, deadline(), arguments.has("--twice"),
                arguments.has("--stop-at-first"), expected, written));
    }

    private SeedRange seeds() {
        if (arguments.has("--seed")) {
            long seed = arguments.number("--seed", 1);
            return new SeedRange(seed, seed);
        }
        SeedRange range = arguments.has("--seeds") ? SeedRange.parse(arguments.text("--seeds", "")) : DEFAULT_SEEDS;
        return arguments.has("--minutes") ? new SeedRange(range.first(), Long.MAX_VALUE - 1) : range;
    }

    private long deadline() {
        return arguments.has("--minutes")
                ? System.nanoTime() + arguments.number("--minutes", 1) * NANOS_PER_MINUTE
                : Campaign.Request.NO_DEADLINE;
    }

    private int campaign(Campaign.Request request) {
        long started = System.nanoTime();
        Tally tally;
        try {
            tally = new Campaign(request, terminal).run();
        } catch (InterruptedException stopped) {
            return Main.FAILED;
        }
        if (request.written().isPresent()) {
            try {
                request.written().get().write(Path.of(arguments.text("--write-hashes", "")));
            } catch (IOException failed) {
                return terminal.refuse("cannot write the hashes " + Failures.of(failed) + "; name another file");
            }
        }
        return new CampaignReport(request, terminal, tally).print(System.nanoTime() - started, arguments.text("--plan", ""));
    }
}
