package holdfast.server.client;

import holdfast.Bytes;
import holdfast.server.config.HostPort;
import holdfast.server.http.Headers;
import java.util.ArrayList;
import java.util.List;

/// Several nodes of one cluster, any of which will do: stays with one as long as it answers, and moves on when it
/// cannot be reached. A call is never repeated here once it may have been received.
public final class Servers implements AutoCloseable {

    private final List<HttpCaller> callers = new ArrayList<>();
    private int current;

    public Servers(List<HostPort> addresses) {
        for (HostPort address : addresses) {
            callers.add(new HttpCaller(address.resolved()));
        }
    }

    public Called call(String method, String target, Headers headers, Bytes body, int timeoutMillis) {
        Called last = new Called.NotSent("there is no server to ask");
        for (int tried = 0; tried < callers.size(); tried++) {
            last = callers.get(current).call(method, target, headers, body, timeoutMillis);
            switch (last) {
                case Called.Answered answer -> {
                    if (answer.status() == 503) {
                        moveOn();
                    }
                    return answer;
                }
                case Called.Silent silent -> {
                    moveOn();
                    return silent;
                }
                case Called.NotSent _ -> moveOn();
            }
        }
        return last;
    }

    /// The next call goes to another node.
    private void moveOn() {
        current = (current + 1) % callers.size();
    }

    @Override
    public void close() {
        callers.forEach(HttpCaller::close);
    }
}
