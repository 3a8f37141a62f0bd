package holdfast.server.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How many connections a process may hold without taking the descriptors that its log and its peers need: a log that
/// cannot open its next file ends the node.
///
/// @param connections what is granted, 0 if the limit is too low to serve at all
/// @param sentence why it is less than was asked for; empty if it is not
public record DescriptorBudget(int connections, String sentence) {

    static final int KEPT_FOR_LOG = 64;

    /// Connections to and from other nodes, greetings of strangers among them.
    static final int KEPT_FOR_PEERS = 64;

    /// Fewer would not do for clients and operators.
    static final int CONNECTIONS_MIN = 16;

    /// What this process may grant; all that is asked for where the limit cannot be read.
    public static DescriptorBudget of(int asked) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        && system.getMaxFileDescriptorCount() > 0
                ? of(asked, system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount())
                : new DescriptorBudget(asked, "");
    }

    /// @param limit files that the process may open (RLIMIT_NOFILE)
    /// @param open files that are open already
    static DescriptorBudget of(int asked, long limit, long open) {
        long kept = open + KEPT_FOR_LOG + KEPT_FOR_PEERS;
        long left = limit - kept;
        if (left >= asked) {
            return new DescriptorBudget(asked, "");
        }
        String why = "this process may open " + limit + " files (ulimit -n), of which " + open + " are open, "
                + KEPT_FOR_LOG + " are kept for the log and " + KEPT_FOR_PEERS + " for other nodes";
        long wanted = kept + Math.min(asked, CONNECTIONS_MIN);
        return left < Math.min(asked, CONNECTIONS_MIN)
                ? new DescriptorBudget(0, why + ": too few to serve clients; it takes at least " + wanted)
                : new DescriptorBudget((int) left, "connections is lowered from " + asked + " to " + left + ": " + why);
    }
}
