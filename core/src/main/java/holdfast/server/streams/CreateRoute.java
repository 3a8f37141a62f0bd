package holdfast.server.streams;

import holdfast.Bytes;
import holdfast.node.ClientReply;
import holdfast.server.http.Headers;
import holdfast.server.http.Request;
import holdfast.server.http.Response;
import holdfast.stream.Command;
import holdfast.stream.CommandCodec;
import holdfast.stream.Outcome;
import holdfast.stream.Setup;
import holdfast.stream.Stamp;
import java.util.ArrayList;
import java.util.List;

/// PUT: create a stream or make sure that it is there; with fork headers, a fork.
final class CreateRoute {

    /// How often a fork is looked up again because its source was replaced in between.
    private static final int FORK_ATTEMPTS_MAX = 3;

    private final Writes writes;
    private final ForkResolver forks;
    private final StreamsConfig config;
    private final WriteAnswers answers;

    CreateRoute(Writes writes, ForkResolver forks, StreamsConfig config) {
        this.writes = writes;
        this.forks = forks;
        this.config = config;
        answers = new WriteAnswers(config.cluster());
    }

    Response handle(Request request, String name) throws InterruptedException {
        Headers headers = request.headers();
        long ttlSeconds = Settings.number(headers, StreamHeaders.TTL);
        long expiresAtMillis = Settings.time(headers, StreamHeaders.EXPIRES_AT);
        String lifeRefusal = refusalOfLife(ttlSeconds, expiresAtMillis);
        if (!lifeRefusal.isEmpty()) {
            return Problem.notWritten(400, "bad-life", lifeRefusal);
        }
        String named = headers.first("Content-Type");
        if (named != null && !named.isEmpty() && !Media.isType(named)) {
            return Media.refused();
        }
        for (int attempt = 1; ; attempt++) {
            ForkResolver.Resolved resolved = forks.resolve(headers);
            if (resolved.refusal() != null) {
                return resolved.refusal();
            }
            String contentType = contentType(headers, resolved.fork());
            Records.Parsed first = Records.ofCreate(request.body(), contentType);
            if (first.refusal() != null) {
                return first.refusal();
            }
            Setup setup = new Setup(contentType, ttlSeconds, expiresAtMillis, resolved.fork());
            List<Bytes> records = new ArrayList<>(resolved.prefix());
            records.addAll(first.records());
            Command.Create create =
                    new Command.Create(name, setup, records, Settings.isClosed(headers), Stamp.NONE);
            ClientReply reply = submit(create);
            if (reply == null || attempt == FORK_ATTEMPTS_MAX || !isSourceChanged(reply)) {
                return answer(reply, create, request);
            }
        }
    }

    private static String refusalOfLife(long ttlSeconds, long expiresAtMillis) {
        if (ttlSeconds == Settings.MALFORMED) {
            return "Stream-TTL is a whole number of seconds, without sign or leading zeros";
        }
        if (expiresAtMillis == Settings.MALFORMED) {
            return "Stream-Expires-At is a time as in RFC 3339";
        }
        return ttlSeconds != Settings.NONE && expiresAtMillis != Settings.NONE
                ? "a stream has Stream-TTL or Stream-Expires-At, not both"
                : "";
    }

    /// Empty for a fork that leaves it to its source.
    private static String contentType(Headers headers, Setup.Fork fork) {
        String named = headers.first("Content-Type");
        if (named != null && !named.isEmpty()) {
            return named;
        }
        return fork.isNone() ? Media.DEFAULT : "";
    }

    /// Null if the command is outside its bounds.
    private ClientReply submit(Command.Create create) throws InterruptedException {
        return CommandCodec.refusal(create, config.commandBytesMax()).isEmpty() ? writes.write(create) : null;
    }

    private static boolean isSourceChanged(ClientReply reply) {
        return reply instanceof ClientReply.Applied applied
                && applied.outcome() instanceof Outcome.ForkRefused refused
                && refused.reason() == Outcome.ForkRefused.Reason.SOURCE_CHANGED;
    }

    private Response answer(ClientReply reply, Command.Create create, Request request) {
        return switch (reply) {
            case null -> {
                int bytesMax = config.commandBytesMax();
                yield WriteAnswers.refused(create, CommandCodec.refusal(create, bytesMax), bytesMax);
            }
            case ClientReply.Applied applied when applied.outcome() instanceof Outcome.AlreadyExists
                    && Conditions.createsOnly(request.headers()) ->
                    Problem.notWritten(412, "precondition-failed", "there is a stream of this name");
            case ClientReply.Applied applied -> answers.created(applied, location(request));
            case ClientReply.NotWritten n -> Problem.refused(n);
            case ClientReply.Unknown u -> Problem.unknown(u);
            case ClientReply other -> throw new IllegalStateException("no answer to a write: " + other);
        };
    }

    /// Absolute, as the protocol's suite wants it, if the host is a plain name or address; what else a Host header may
    /// hold is not repeated, and the path alone says the same (RFC 9110 §10.2.2).
    private static String location(Request request) {
        String host = request.headers().first("Host");
        boolean isPlain = host != null && !host.isEmpty() && host.charAt(0) != ':' && host.chars().allMatch(CreateRoute::isPlain);
        String path = Percent.encode(request.path());
        return isPlain ? "http://" + host + path : path;
    }

    private static boolean isPlain(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || ".-_:[]".indexOf(c) >= 0;
    }
}
