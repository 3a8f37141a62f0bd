package holdfast.server.bench;

import holdfast.server.config.HostPort;
import java.util.List;

/// What one measurement does.
///
/// @param servers where the appends go; client `n` speaks to server `n` modulo their number
/// @param watched all nodes of the cluster, for their counters
/// @param target the stream's path
/// @param clients appends under way at most
/// @param ratePerSecond appends that begin each second whether or not earlier ones are answered (open loop), or 0
///     for clients that wait (closed loop)
/// @param recordBytes size of one append
public record LoadPlan(
        List<HostPort> servers,
        List<HostPort> watched,
        String target,
        int clients,
        long ratePerSecond,
        int recordBytes,
        long warmUpMillis,
        long measureMillis) {}
