package holdfast.server.ops;

import holdfast.server.http.Request;
import holdfast.server.http.Response;
import java.util.Set;
import java.util.TreeSet;

/// `POST /v1/test/...`: breaks this node on purpose. Mounted only when the node was started with `--test-hooks`.
///
///     POST /v1/test/disk?fail-sync=3      the third sync from now fails with EIO
///     POST /v1/test/disk?delay-syncs=50   every sync takes 50 ms longer; 0 heals
///     POST /v1/test/disk?cut-power=2      the second sync from now kills the process and what was not synced
///     POST /v1/test/network?deaf=2,3&mute=2   nothing from 2 and 3, nothing to 2; without names it heals
final class TestHooks {

    static final String MOUNT = "/v1/test/";

    private static final int NUMBER_MAX = 1_000_000;

    private final Observed observed;

    TestHooks(Observed observed) {
        this.observed = observed;
    }

    Response handle(Request request) {
        if (!request.method().equals("POST")) {
            return OpsHandler.text(405, "test hooks are used with POST\n");
        }
        try {
            return switch (request.path()) {
                case "/v1/test/disk" -> disk(request.query());
                case "/v1/test/network" -> network(request.query());
                default -> OpsHandler.text(404, "there is no such test hook\n");
            };
        } catch (NumberFormatException notANumber) {
            return OpsHandler.text(400, "a test hook takes whole numbers\n");
        }
    }

    private Response disk(String query) {
        String fail = parameter(query, "fail-sync");
        String delay = parameter(query, "delay-syncs");
        String cut = parameter(query, "cut-power");
        if (fail.isEmpty() && delay.isEmpty() && cut.isEmpty()) {
            return OpsHandler.text(400, "the disk hook takes fail-sync=N, delay-syncs=MS or cut-power=N\n");
        }
        if (!fail.isEmpty()) {
            observed.trouble().failSync(number(fail));
        }
        if (!delay.isEmpty()) {
            observed.trouble().delaySyncs(number(delay));
        }
        if (!cut.isEmpty()) {
            observed.trouble().cutPowerAtSync(number(cut));
        }
        return OpsHandler.text(200, "armed\n");
    }

    private Response network(String query) {
        observed.partition().set(nodes(parameter(query, "deaf")), nodes(parameter(query, "mute")));
        return OpsHandler.text(200, "set\n");
    }

    private static Set<Integer> nodes(String list) {
        TreeSet<Integer> nodes = new TreeSet<>();
        for (String item : list.split(",")) {
            if (!item.isEmpty()) {
                nodes.add(number(item));
            }
        }
        return nodes;
    }

    private static int number(String digits) {
        int number = Integer.parseInt(digits);
        if (number < 0 || number > NUMBER_MAX) {
            throw new NumberFormatException(digits);
        }
        return number;
    }

    /// The value of a query parameter; empty if it is not there.
    private static String parameter(String query, String name) {
        for (String part : query.split("&")) {
            if (part.startsWith(name + "=")) {
                return part.substring(name.length() + 1);
            }
        }
        return "";
    }
}
