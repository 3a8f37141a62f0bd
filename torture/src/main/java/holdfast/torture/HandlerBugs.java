package holdfast.torture;

import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.config.HostPort;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a node survives and counts all the same: a request whose handler threw, for want of memory or by a bug. Only its own
/// connection was lost, but nobody may be able to bring that about.
final class HandlerBugs {

    private static final int ASK_MILLIS = 2_000;
    private static final Pattern COUNT = Pattern.compile("(?m)^holdfast_http_bugs_total ([0-9]+)$");

    private HandlerBugs() {}

    /// What one node has counted since its start, as a finding; an empty text if that is nothing or it does not answer.
    static String found(HostPort server) {
        try (HttpCaller caller = new HttpCaller(server.resolved())) {
            return caller.get("/metrics", ASK_MILLIS) instanceof Called.Answered answer && answer.isGood()
                    ? found(server, answer.body().utf8())
                    : "";
        }
    }

    static String found(HostPort server, String metrics) {
        Matcher count = COUNT.matcher(metrics);
        return count.find() && !count.group(1).equals("0")
                ? "the node at " + server + " has not answered " + count.group(1) + " requests because their handlers threw;"
                        + " its log has the stacks"
                : "";
    }
}
