package holdfast.sim.history;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.stream.Command;
import holdfast.stream.Outcome;
import holdfast.stream.Setup;
import java.util.Optional;

/// From the node's client interface to the words of a history, and nothing is lost that a checker needs.
public final class Translation {

    private Translation() {}

    /// Empty for requests that are not about a stream.
    public static Optional<Call> call(ClientRequest request, long session) {
        return switch (request) {
            case ClientRequest.Write write -> call(write.command());
            case ClientRequest.Read read ->
                Optional.of(new Call.Read(read.stream(), read.from(), read.recordsMax(), read.level(), session));
            case ClientRequest.Tail tail -> Optional.of(new Call.Tail(tail.stream(), tail.level(), session));
            case ClientRequest.TransferLeadership _, ClientRequest.ReplaceDisk _ -> Optional.empty();
        };
    }

    /// Empty for what has no words in a history: forks, streams that are made with records, and touches.
    public static Optional<Call> call(Command command) {
        return switch (command) {
            case Command.Create create ->
                isPlain(create) ? Optional.of(new Call.Create(create.stream())) : Optional.empty();
            case Command.Append append ->
                Optional.of(new Call.Append(
                        append.stream(), append.records(), append.expectedTail(), append.producer(), append.close()));
            case Command.Close close -> Optional.of(new Call.Close(close.stream()));
            case Command.Delete delete -> Optional.of(new Call.Delete(delete.stream()));
            case Command.Touch _ -> Optional.empty();
        };
    }

    private static boolean isPlain(Command.Create create) {
        return create.setup().equals(Setup.PLAIN) && create.records().isEmpty() && !create.close();
    }

    public static Answer answer(ClientReply reply) {
        return switch (reply) {
            case ClientReply.Applied applied -> answer(applied.outcome());
            case ClientReply.NotWritten _ -> new Answer.NotWritten();
            case ClientReply.Unknown _ -> new Answer.Unknown();
            case ClientReply.Records r -> new Answer.Records(r.from(), r.records(), r.tail(), r.closed());
            case ClientReply.Tail tail -> new Answer.TailIs(tail.tail(), tail.closed());
            case ClientReply.NoSuchStream _ -> new Answer.NoSuchStream();
            case ClientReply.StreamGone _ -> new Answer.Nothing();
            case ClientReply.PastTail past -> new Answer.PastTail(past.tail());
            case ClientReply.ReadFailed _ -> new Answer.Nothing();
            case ClientReply.Accepted _, ClientReply.DiskReplaced _ -> new Answer.Nothing();
        };
    }

    private static Answer answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Created created -> new Answer.Created(created.incarnation());
            case Outcome.AlreadyExists a -> new Answer.AlreadyExists(a.incarnation(), a.tail(), a.closed());
            case Outcome.Appended a -> new Answer.Appended(a.first(), a.next(), a.duplicate(), a.closed());
            case Outcome.DuplicateForgotten f -> new Answer.DuplicateForgotten(f.lastSeq(), f.tail());
            case Outcome.Closed closed -> new Answer.Closed(closed.tail());
            case Outcome.Deleted _ -> new Answer.Deleted();
            case Outcome.NoSuchStream _ -> new Answer.NoSuchStream();
            case Outcome.WrongTail wrong -> new Answer.WrongTail(wrong.tail());
            case Outcome.StreamClosed closed -> new Answer.StreamClosed(closed.tail());
            case Outcome.SequenceGap gap -> new Answer.SequenceGap(gap.expectedSeq());
            case Outcome.Fenced fenced -> new Answer.Fenced(fenced.currentEpoch());
            case Outcome.ProducerForgotten forgotten -> new Answer.ProducerForgotten(forgotten.epoch());
            // No effect; what they saw is no part of this model.
            case Outcome.WrongContentType _, Outcome.SequenceBehind _, Outcome.ForkRefused _, Outcome.Gone _,
                    Outcome.TooManyProducers _ ->
                new Answer.NotWritten();
            case Outcome.Touched _ -> new Answer.Nothing();
            case Outcome.RequestForgotten _ -> new Answer.Unknown();
        };
    }
}
