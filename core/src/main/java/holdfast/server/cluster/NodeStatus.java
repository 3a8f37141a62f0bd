package holdfast.server.cluster;

import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.client.JsonFields;
import holdfast.server.config.HostPort;

/// What `/v1/status` says, as far as the commands need it.
///
/// @param disk how its disk is
/// @param diskId which one it is
/// @param trouble why the node cannot answer, or empty
/// @param allBound whether it knows a disk of every voter
/// @param http where the node's HTTP is
/// @param leaderHttp where the leader's is, if this node knows
public record NodeStatus(
        int node,
        String role,
        long term,
        int leader,
        long appliedIndex,
        long commitIndex,
        String disk,
        String clusterId,
        String diskId,
        String trouble,
        boolean allBound,
        HostPort http,
        HostPort leaderHttp) {

    /// Asks; null if there is no answer in time.
    public static NodeStatus ask(HostPort http, int timeoutMillis) {
        try (HttpCaller caller = new HttpCaller(http.resolved())) {
            return caller.get("/v1/status", timeoutMillis) instanceof Called.Answered answer && answer.isGood()
                    ? parse(answer.body().utf8(), http)
                    : null;
        }
    }

    static NodeStatus parse(String json, HostPort http) {
        return new NodeStatus(
                (int) JsonFields.number(json, "node"), JsonFields.text(json, "role"), JsonFields.number(json, "term"),
                (int) JsonFields.number(json, "leader"), JsonFields.number(json, "appliedIndex"),
                JsonFields.number(json, "commitIndex"), JsonFields.text(json, "state"),
                JsonFields.text(json, "clusterId"), JsonFields.text(json, "diskId"), JsonFields.text(json, "trouble"),
                !json.contains("\"disk\":\"\""), http, HostPort.parse(JsonFields.text(json, "leaderHttp")));
    }

    /// Whether the node is part of a store that does without any one of its nodes: until every voter has its disk, the loss of
    /// one node may leave no majority.
    public boolean isComplete() {
        return leader != 0 && allBound;
    }

    public boolean leads() {
        return role.equals("leader");
    }
}
