package holdfast.server.streams;

import holdfast.Bytes;
import holdfast.node.ClientReply;
import holdfast.server.http.Headers;
import holdfast.server.http.Response;
import holdfast.stream.Setup;
import java.util.List;

/// From a fork's headers to what the machine is asked for. A sub-offset is turned into an offset and, if the
/// boundary lies within a record of bytes, into the first part of that record, which becomes the fork's own
/// first record. The source's incarnation goes along, so what was seen here still holds when the command is
/// applied.
final class ForkResolver {

    private final StreamReads reads;

    ForkResolver(StreamReads reads) {
        this.reads = reads;
    }

    /// A fork (perhaps none) and the records to put before any others, or the answer to headers that ask for none
    /// that can be.
    record Resolved(Setup.Fork fork, List<Bytes> prefix, Response refusal) {}

    Resolved resolve(Headers headers) throws InterruptedException {
        String path = headers.first(StreamHeaders.FORKED_FROM);
        String anchorText = headers.first(StreamHeaders.FORK_OFFSET);
        long subOffset = Settings.number(headers, StreamHeaders.FORK_SUB_OFFSET);
        if (path == null) {
            return anchorText == null && subOffset == Settings.NONE
                    ? new Resolved(Setup.Fork.NONE, List.of(), null)
                    : refused("a fork's offset needs Stream-Forked-From");
        }
        if (!(StreamName.of(path) instanceof StreamName.Of source)) {
            return refused("a fork's source is the path of a stream");
        }
        if (subOffset == Settings.MALFORMED) {
            return refused("a sub-offset is a whole number, not negative");
        }
        if (anchorText == null) {
            return subOffset > 0
                    ? refused("a sub-offset needs Stream-Fork-Offset")
                    : plain(source.name(), Setup.Fork.AT_TAIL);
        }
        if (!(Offset.parse(anchorText) instanceof Offset.At anchor)) {
            return refused("the fork's offset is no offset of a stream");
        }
        return subOffset > 0
                ? within(source.name(), anchor.offset(), subOffset)
                : plain(source.name(), anchor.offset());
    }

    private static Resolved plain(String source, long anchor) {
        Setup.Fork fork = new Setup.Fork(source, Setup.Fork.ANY_INCARNATION, anchor, anchor, 0);
        return new Resolved(fork, List.of(), null);
    }

    private Resolved within(String source, long anchor, long subOffset) throws InterruptedException {
        return switch (reads.readOne(source, anchor)) {
            case ClientReply.Records records -> within(source, anchor, subOffset, records);
            case ClientReply.PastTail _ -> refused("the source is not that long");
            // Perhaps the fork is there already; the machine knows, and refuses what it cannot make.
            case ClientReply.NoSuchStream _, ClientReply.StreamGone _ ->
                    new Resolved(new Setup.Fork(source, Setup.Fork.UNSEEN, anchor, anchor, subOffset), List.of(), null);
            case ClientReply.ReadFailed failed -> new Resolved(null, null, Problem.unreadable(failed));
            case ClientReply other -> throw new IllegalStateException("no answer to a read: " + other);
        };
    }

    private static Resolved within(String source, long anchor, long subOffset, ClientReply.Records seen) {
        long incarnation = seen.view().incarnation();
        if (Media.isJson(seen.view().setup().contentType())) {
            return subOffset > seen.tail() - anchor
                    ? refused("the source has not so many messages behind the offset")
                    : new Resolved(
                            new Setup.Fork(source, incarnation, anchor + subOffset, anchor, subOffset), List.of(), null);
        }
        if (seen.records().isEmpty() || subOffset > seen.records().getFirst().size()) {
            return refused("the source has not so many bytes behind the offset");
        }
        Bytes record = seen.records().getFirst();
        boolean isWhole = subOffset == record.size();
        return new Resolved(
                new Setup.Fork(source, incarnation, isWhole ? anchor + 1 : anchor, anchor, subOffset),
                isWhole ? List.of() : List.of(record.slice(0, (int) subOffset)),
                null);
    }

    private static Resolved refused(String detail) {
        return new Resolved(null, null, Problem.notWritten(400, "bad-fork", detail));
    }
}
