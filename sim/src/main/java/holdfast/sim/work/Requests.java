package holdfast.sim.work;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.sim.history.Call;
import holdfast.stream.Command;
import holdfast.stream.Outcome;

/// A call as a node understands it, with what its client has seen. The way
/// back is [holdfast.sim.history.Translation].
final class Requests {

    private Requests() {}

    static ClientRequest request(Call call, long afterIndex) {
        return switch (call) {
            case Call.Create _, Call.Append _, Call.Close _, Call.Delete _ -> new ClientRequest.Write(command(call));
            case Call.Read read -> new ClientRequest.Read(
                    read.stream(), read.from(), read.recordsMax(), Long.MAX_VALUE, read.level(), afterIndex);
            case Call.Tail tail -> new ClientRequest.Tail(tail.stream(), tail.level(), afterIndex);
        };
    }

    /// What a call that is no read asks for.
    static Command command(Call call) {
        return switch (call) {
            case Call.Create create -> new Command.Create(create.stream());
            case Call.Append append -> new Command.Append(
                    append.stream(), append.records(), append.expectedTail(), append.producer(), append.close());
            case Call.Close close -> new Command.Close(close.stream());
            case Call.Delete delete -> new Command.Delete(delete.stream());
            case Call.Read _, Call.Tail _ -> throw new IllegalArgumentException("a read is no command");
        };
    }

    /// The log index up to which the answer has seen, or [ClientRequest#NO_INDEX].
    static long indexOf(ClientReply reply) {
        return switch (reply) {
            case ClientReply.Applied applied -> applied.receipt().index();
            case ClientReply.Records records -> records.index();
            case ClientReply.Tail tail -> tail.index();
            case ClientReply.NotWritten _, ClientReply.Unknown _, ClientReply.ReadFailed _,
                    ClientReply.NoSuchStream _, ClientReply.PastTail _, ClientReply.Accepted _,
                    ClientReply.StreamGone _, ClientReply.DiskReplaced _ -> ClientRequest.NO_INDEX;
        };
    }

    /// Whether the stream has no room for another producer: it may have none for longer than a call takes.
    static boolean isCrowdedOut(ClientReply reply) {
        return reply instanceof ClientReply.Applied applied && applied.outcome() instanceof Outcome.TooManyProducers;
    }

    /// The node that a refusal names as the leader, or 0.
    static int leaderHint(ClientReply reply) {
        return switch (reply) {
            case ClientReply.NotWritten refused -> refused.leaderHint();
            case ClientReply.Unknown unknown -> unknown.leaderHint();
            case ClientReply.ReadFailed failed -> failed.leaderHint();
            case ClientReply.Applied _, ClientReply.Records _, ClientReply.Tail _, ClientReply.NoSuchStream _,
                    ClientReply.PastTail _, ClientReply.Accepted _, ClientReply.StreamGone _,
                    ClientReply.DiskReplaced _ -> 0;
        };
    }
}
