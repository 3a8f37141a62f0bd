package holdfast.sim.work;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.sim.history.Call;
import holdfast.stream.Command;

/// A call as a node understands it. The way back is [holdfast.sim.history.Translation].
final class Requests {

    private Requests() {}

    static ClientRequest request(Call call) {
        return switch (call) {
            case Call.Create create -> new ClientRequest.Write(new Command.Create(create.stream()));
            case Call.Append append -> new ClientRequest.Write(new Command.Append(
                    append.stream(), append.records(), append.expectedTail(), append.producer(), append.close()));
            case Call.Close close -> new ClientRequest.Write(new Command.Close(close.stream()));
            case Call.Delete delete -> new ClientRequest.Write(new Command.Delete(delete.stream()));
            case Call.Read read ->
                    new ClientRequest.Read(read.stream(), read.from(), read.recordsMax(), read.level());
            case Call.Tail tail -> new ClientRequest.Tail(tail.stream(), tail.level());
        };
    }

    /// The node that a refusal names as the leader, or 0.
    static int leaderHint(ClientReply reply) {
        return switch (reply) {
            case ClientReply.NotWritten refused -> refused.leaderHint();
            case ClientReply.Unknown unknown -> unknown.leaderHint();
            case ClientReply.ReadFailed failed -> failed.leaderHint();
            case ClientReply.Applied _, ClientReply.Records _, ClientReply.Tail _, ClientReply.NoSuchStream _,
                    ClientReply.PastTail _, ClientReply.Accepted _, ClientReply.StreamGone _ -> 0;
        };
    }
}
