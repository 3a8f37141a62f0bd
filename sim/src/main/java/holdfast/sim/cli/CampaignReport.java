package holdfast.sim.cli;

import holdfast.Sometimes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a campaign prints when it is over.
final class CampaignReport {

    /// How a child of `mutants` says which seed failed first and why.
    private static final Pattern FIRST =
            Pattern.compile("first failure: seed (\\d+) after (\\d+) universes: (.*?): (.*)");

    /// What a campaign owed and has not met.
    static final String NEVER_REACHED = "never reached: ";

    private static final int FAILURES_SHOWN = 20;
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;

    /// @param universes number of universes that it took
    record FirstFailure(long seed, long universes, String oracle, String sentence) {

        String line() {
            return "first failure: seed " + seed + " after " + universes + " universes: " + oracle + ": " + sentence;
        }

        /// Null if the line is none of these.
        static FirstFailure parse(String line) {
            Matcher found = FIRST.matcher(line);
            if (!found.matches()) {
                return null;
            }
            long seed = Long.parseLong(found.group(1));
            return new FirstFailure(seed, Long.parseLong(found.group(2)), found.group(3), found.group(4));
        }
    }

    private final Campaign.Request request;
    private final Terminal terminal;
    private final Tally tally;

    CampaignReport(Campaign.Request request, Terminal terminal, Tally tally) {
        this.request = request;
        this.terminal = terminal;
        this.tally = tally;
    }

    /// @param planFile how the user named the plan, or empty for seeds
    /// @return the exit code
    int print(long nanos, String planFile) {
        Map<Long, String> failures = tally.failures();
        if (request.stopAtFirst() && !failures.isEmpty()) {
            firstFailure(failures);
        }
        boolean gated = false;
        if (!request.stopAtFirst() && planFile.isEmpty()) {
            situations();
            matrix().lines().forEach(terminal::line);
        }
        // Who stops at the first failure asks whether there could have been one.
        if (planFile.isEmpty() && (!request.stopAtFirst() || failures.isEmpty())) {
            gated = gate();
        }
        speed(nanos);
        failures(failures, planFile);
        long passed = tally.universes() - failures.size();
        String last = passed + " passed, " + failures.size() + " failed";
        terminal.line(failures.isEmpty() && !gated ? terminal.green(last) : terminal.red(last));
        return failures.isEmpty() && !gated ? Main.HOLDS : Main.FAILED;
    }

    private void firstFailure(Map<Long, String> failures) {
        long seed = failures.keySet().iterator().next();
        String text = failures.get(seed);
        int colon = text.indexOf(": ");
        String sentence = firstLine(text.substring(colon + 2));
        terminal.line(new FirstFailure(seed, tally.universes(), text.substring(0, colon), sentence).line());
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private void failures(Map<Long, String> failures, String planFile) {
        if (failures.isEmpty()) {
            return;
        }
        terminal.line("");
        terminal.line("Failed universes, each with the command that shows it again:");
        int shown = 0;
        for (Map.Entry<Long, String> failure : failures.entrySet()) {
            if (shown++ == FAILURES_SHOWN) {
                terminal.line("... and " + (failures.size() - FAILURES_SHOWN) + " more");
                return;
            }
            terminal.line(terminal.red("FAILED") + " seed " + failure.getKey() + ": " + failure.getValue());
            terminal.line("  " + command(failure.getKey(), planFile, failure.getValue().startsWith("repetition: ")));
        }
    }

    /// The exact command that shows the failure again.
    private String command(long seed, String planFile, boolean twice) {
        if (!planFile.isEmpty()) {
            return twice ? "./holdfast sim --twice --plan " + planFile : "./holdfast replay " + planFile;
        }
        String start = twice ? "./holdfast sim --twice --seed " + seed : "./holdfast replay " + seed;
        return start + request.setting().words();
    }

    private void situations() {
        boolean isUsual = request.setting().equals(Setting.USUAL);
        terminal.line("");
        terminal.line("       times  universes  situation");
        for (Sometimes point : Sometimes.values()) {
            long times = tally.timesReached(point);
            String line = String.format(Locale.ROOT, "%,12d  %,9d  %s", times, tally.universesReaching(point), point.text());
            terminal.line(times == 0 && point.owed().isOwedBy(tally.universes(), isUsual) ? terminal.red(line) : line);
        }
        terminal.line("");
    }

    private MatrixTable matrix() {
        return new MatrixTable(tally, request.setting().planOptions().faults());
    }

    /// Whether the campaign owes something that it has not met.
    private boolean gate() {
        boolean isUsual = request.setting().equals(Setting.USUAL);
        long owed = Stream.of(Sometimes.values()).filter(point -> point.owed().isOwedBy(tally.universes(), isUsual)).count();
        List<Sometimes> never = tally.neverReached(isUsual);
        terminal.line(String.format(Locale.ROOT,
                "situations: %d of %d are owed by %,d universes%s, and %d of these were met",
                owed, Sometimes.values().length, tally.universes(), isUsual ? "" : " of this setting", owed - never.size()));
        if (!never.isEmpty()) {
            List<String> names = never.stream().map(Sometimes::name).toList();
            terminal.line(terminal.red(NEVER_REACHED) + String.join(", ", names));
            terminal.line("A campaign of this size must meet every situation that it owes, else it has not tested it.");
        }
        boolean isSparse = isUsual && tally.universes() >= Campaign.MATRIX_SEEDS && !matrix().isFilled();
        if (isSparse) {
            terminal.line(terminal.red("fault x state: ") + "a campaign of this size must fill "
                    + MatrixTable.FILLED_PERCENT + " % of the reachable cells");
        }
        return !never.isEmpty() || isSparse;
    }

    private void speed(long nanos) {
        double seconds = Math.max(nanos / NANOS, 1e-6);
        int runs = request.twice() ? 2 : 1;
        String what = tally.universes() == 1 ? "universe" : "universes";
        String threads = request.jobs() == 1 ? "thread" : "threads";
        terminal.line(String.format(Locale.ROOT,
                "%,d %s%s on %d %s in %.1f s: %.1f seeds/s, %,.0f events/s, simulated : real = %,.0f : 1",
                tally.universes(), what, runs == 2 ? ", each twice," : "", request.jobs(), threads, seconds,
                tally.universes() / seconds, runs * tally.events() / seconds,
                runs * tally.simulatedMicros() / MICROS / seconds));
        terminal.line(tally.appends());
    }
}
