package holdfast.server.config;

import holdfast.raft.Membership;
import holdfast.server.Log;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// One server, as configured: every value is usable by itself and with the others. Who the node is and who its peers
/// are is said by its store; what is said here has to agree.
///
/// @param node this node's id, or 0 for whatever the store says
/// @param voters every voter's address for the others, this node's included; empty for what the store says
/// @param peerListen where this node listens for the others, or null for its address among the voters
/// @param advertise where others reach this node's HTTP, or null for as it listens
/// @param admin where the operators' pages are answered apart from clients, or null
/// @param cors origins of the web pages that may use this node, or `*` for all
/// @param parent the process with which this one ends, or 0
/// @param appendBytesMax bound on the bytes of one append, what surrounds it not counted
public record ServerConfig(
        int node,
        SortedMap<Integer, HostPort> voters,
        HostPort peerListen,
        HostPort http,
        HostPort advertise,
        HostPort admin,
        Path data,
        Log.Level log,
        long electionTimeoutMillis,
        long heartbeatMillis,
        int appendBytesMax,
        int segmentBytes,
        int snapshotEveryBytes,
        int longPollMillis,
        int connectionsMax,
        List<String> cors,
        long parent,
        boolean testHooks) {

    public static Given<ServerConfig> of(Settings settings) {
        int node = settings.isGiven(Setting.NODE) ? settings.number(Setting.NODE) : 0;
        TreeMap<Integer, HostPort> voters = new TreeMap<>();
        String refusal = settings.isGiven(Setting.PEERS) ? readVoters(settings.text(Setting.PEERS), voters) : "";
        if (refusal.isEmpty()) {
            refusal = refusal(settings, node, voters);
        }
        if (!refusal.isEmpty()) {
            return new Given.Bad<>(refusal);
        }
        return new Given.Good<>(new ServerConfig(
                node,
                Collections.unmodifiableSortedMap(voters),
                settings.isGiven(Setting.PEER_LISTEN) ? HostPort.parse(settings.text(Setting.PEER_LISTEN)) : null,
                HostPort.parse(settings.text(Setting.HTTP)),
                settings.isGiven(Setting.ADVERTISE) ? HostPort.parse(settings.text(Setting.ADVERTISE)) : null,
                settings.isGiven(Setting.ADMIN) ? HostPort.parse(settings.text(Setting.ADMIN)) : null,
                Path.of(settings.text(Setting.DATA)),
                Setting.level(settings.text(Setting.LOG)),
                settings.number(Setting.ELECTION_TIMEOUT),
                settings.number(Setting.HEARTBEAT),
                settings.bytes(Setting.APPEND_BYTES),
                settings.bytes(Setting.SEGMENT_BYTES),
                settings.bytes(Setting.SNAPSHOT_BYTES),
                settings.number(Setting.LONG_POLL),
                settings.number(Setting.CONNECTIONS),
                settings.isGiven(Setting.CORS) ? Origins.parse(settings.text(Setting.CORS)) : List.of(),
                settings.number(Setting.PARENT),
                settings.flag(Setting.TEST_HOOKS)));
    }

    /// Reads a list of voters into `voters`; returns what is wrong with it, or an empty text.
    public static String readVoters(String text, TreeMap<Integer, HostPort> voters) {
        for (String item : text.split(",", -1)) {
            int equals = item.indexOf('=');
            long id = equals < 0 ? -1 : Sizes.digits(item.substring(0, equals).strip());
            HostPort address = equals < 0 ? null : HostPort.parse(item.substring(equals + 1).strip());
            if (id < 1 || id > Integer.MAX_VALUE || address == null) {
                return "peers is a list like 1=127.0.0.1:4447,2=127.0.0.1:4448; '" + item.strip() + "' does not fit";
            }
            if (voters.containsValue(address)) {
                return "peers names " + address + " twice";
            }
            if (voters.put((int) id, address) != null) {
                return "peers names node " + id + " twice";
            }
        }
        return Membership.refusal(voters.size());
    }

    /// What single values cannot say.
    private static String refusal(Settings settings, int node, SortedMap<Integer, HostPort> voters) {
        if (node != 0 && !voters.isEmpty() && !voters.containsKey(node)) {
            return "node " + node + " is not among the peers " + voters.keySet();
        }
        if (2 * settings.number(Setting.HEARTBEAT) > settings.number(Setting.ELECTION_TIMEOUT)) {
            return "election-timeout must be at least twice the heartbeat";
        }
        try {
            Path.of(settings.text(Setting.DATA));
        } catch (InvalidPathException notAPath) {
            return "data is not a path: " + notAPath.getReason();
        }
        return NodeSettings.refusal(settings.bytes(Setting.APPEND_BYTES), settings.bytes(Setting.SEGMENT_BYTES));
    }

    public List<Integer> voterIds() {
        return List.copyOf(voters.keySet());
    }

    /// The same with what the store has said: nothing is left open.
    public ServerConfig completed(int foundNode, SortedMap<Integer, HostPort> foundVoters) {
        return new ServerConfig(
                foundNode, foundVoters, peerListen == null ? foundVoters.get(foundNode) : peerListen, http, advertise,
                admin, data, log, electionTimeoutMillis, heartbeatMillis, appendBytesMax, segmentBytes, snapshotEveryBytes,
                longPollMillis, connectionsMax, cors, parent, testHooks);
    }
}
