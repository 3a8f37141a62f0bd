package holdfast.server.streams;

import holdfast.node.ClientReply;
import holdfast.server.http.Response;
import holdfast.stream.Command;
import holdfast.stream.CommandCodec;

/// DELETE.
final class DeleteRoute {

    private final Writes writes;
    private final WriteAnswers answers;

    DeleteRoute(Writes writes, StreamsConfig config) {
        this.writes = writes;
        answers = new WriteAnswers(config.cluster());
    }

    Response handle(String name) throws InterruptedException {
        Command command = new Command.Delete(name);
        String refusal = CommandCodec.refusal(command, Long.MAX_VALUE);
        if (!refusal.isEmpty()) {
            return Problem.notWritten(400, "bad-request", refusal);
        }
        return switch (writes.write(command)) {
            case ClientReply.Applied applied -> answers.deleted(applied);
            case ClientReply.NotWritten n -> Problem.refused(n);
            case ClientReply.Unknown u -> Problem.unknown(u);
            case ClientReply other -> throw new IllegalStateException("no answer to a write: " + other);
        };
    }
}
