package holdfast.sim.run;

import holdfast.Sometimes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What must be seen in the run of a scenario, written as comments into its plan:
///
///     # must reach SNAPSHOT_INSTALLED           a situation, at least once
///     # must reach STORE_POISONED 2             or so often
///     # must tell n2 halt: exit 74: .*          an event of the trace; several of them in this order
///     # must not tell n3 .*: .* leads term .*   an event that is nowhere in the trace
///
/// An event is matched as a whole: node (0 for clients and the world), kind, colon, text.
record Evidence(List<Reach> reaches, List<Pattern> tells, List<Pattern> never) {

    static final String MUST = "# must ";

    private static final String REACH = MUST + "reach ";
    private static final String TELL = MUST + "tell ";
    private static final String NEVER = MUST + "not tell ";

    record Reach(Sometimes point, long times) {

        static Reach of(String words) {
            String[] word = words.split(" ");
            return new Reach(Sometimes.valueOf(word[0]), word.length == 1 ? 1 : Long.parseLong(word[1]));
        }
    }

    /// Remembers every event of a run as the text that is matched.
    static final class Listener implements TraceSink {

        private final List<String> events = new ArrayList<>();

        @Override
        public boolean wantsLines() {
            return true;
        }

        @Override
        public void line(long event, long cause, long micros, int node, String kind, String text) {
            events.add("n" + node + " " + kind + ": " + text);
        }

        @Override
        public void hash(long event, long rolling) {}
    }

    static Evidence in(String plan) {
        List<Reach> reaches = new ArrayList<>();
        List<Pattern> tells = new ArrayList<>();
        List<Pattern> never = new ArrayList<>();
        for (String line : plan.lines().toList()) {
            if (line.startsWith(REACH)) {
                reaches.add(Reach.of(line.substring(REACH.length())));
            } else if (line.startsWith(TELL)) {
                tells.add(Pattern.compile(line.substring(TELL.length())));
            } else if (line.startsWith(NEVER)) {
                never.add(Pattern.compile(line.substring(NEVER.length())));
            } else if (line.startsWith(MUST)) {
                throw new IllegalArgumentException("nobody knows how to look for this: " + line);
            }
        }
        return new Evidence(reaches, tells, never);
    }

    int size() {
        return reaches.size() + tells.size() + never.size();
    }

    /// What was not seen, or was seen and must not be; empty if the situation occurred.
    List<String> missing(Verdict verdict, Listener heard) {
        List<String> missing = new ArrayList<>();
        for (Reach reach : reaches) {
            long times = verdict.reached().get(reach.point().ordinal());
            if (times < reach.times()) {
                missing.add(reach.point() + " was reached " + times + " times and not " + reach.times());
            }
        }
        int next = 0;
        for (String event : heard.events) {
            if (next < tells.size() && tells.get(next).matcher(event).matches()) {
                next++;
            }
            for (Pattern wrong : never) {
                if (wrong.matcher(event).matches()) {
                    missing.add(event + " happened, as " + wrong + " must not");
                }
            }
        }
        if (next < tells.size()) {
            missing.add(tells.get(next) + " did not happen" + (next == 0 ? "" : " after " + tells.get(next - 1)));
        }
        return missing;
    }
}
