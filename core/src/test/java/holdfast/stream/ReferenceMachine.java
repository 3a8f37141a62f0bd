package holdfast.stream;

import holdfast.Bytes;
import holdfast.Digest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The rules of the machine once more, in the most obvious way: lists of records and of receipts, nothing
/// forgotten but what the rules say, digests computed from the first record each time.
final class ReferenceMachine {

    static final class RefStream {
        final long incarnation;
        final List<Bytes> records = new ArrayList<>();
        final Map<String, RefProducer> producers = new TreeMap<>();
        boolean closed;

        RefStream(long incarnation) {
            this.incarnation = incarnation;
        }

        long tail() {
            return records.size();
        }

        long epochOf(String producer) {
            return producers.containsKey(producer) ? producers.get(producer).epoch() : 0;
        }

        long nextSeqOf(String producer) {
            return producers.containsKey(producer) ? producers.get(producer).receipts().size() : 0;
        }
    }

    /// One receipt per seq of the epoch.
    private record RefProducer(long epoch, List<Outcome.Appended> receipts) {}

    final Map<String, RefStream> streams = new TreeMap<>();

    Outcome apply(long index, Command command) {
        RefStream stream = streams.get(command.stream());
        if (command instanceof Command.Create && stream == null) {
            streams.put(command.stream(), new RefStream(index));
            return new Outcome.Created(index);
        }
        if (stream == null) {
            return new Outcome.NoSuchStream();
        }
        return switch (command) {
            case Command.Create _ -> new Outcome.AlreadyExists(stream.incarnation, stream.tail(), stream.closed);
            case Command.Append append -> append(stream, index, append);
            case Command.Close _ -> {
                stream.closed = true;
                yield new Outcome.Closed(stream.tail());
            }
            case Command.Touch _ -> new Outcome.Touched(stream.tail(), stream.closed, Long.MAX_VALUE);
            case Command.Delete _ -> {
                streams.remove(command.stream());
                yield new Outcome.Deleted();
            }
        };
    }

    private static Outcome append(RefStream stream, long index, Command.Append append) {
        Command.Producer sent = append.producer();
        RefProducer known = stream.producers.get(sent.id());
        long lastSeq = known == null || known.epoch < sent.epoch() ? -1 : known.receipts.size() - 1;
        if (!sent.isNone() && known != null && known.epoch > sent.epoch()) {
            return new Outcome.Fenced(known.epoch);
        }
        if (!sent.isNone() && sent.seq() <= lastSeq) {
            return duplicate(stream, known.receipts.get((int) sent.seq()), sent.seq(), lastSeq);
        }
        if (stream.closed) {
            return new Outcome.StreamClosed(stream.tail());
        }
        if (!sent.isNone() && sent.seq() != lastSeq + 1) {
            return new Outcome.SequenceGap(lastSeq + 1, sent.seq(), known != null && known.epoch < sent.epoch());
        }
        if (append.expectedTail() >= 0 && append.expectedTail() != stream.tail()) {
            return new Outcome.WrongTail(stream.tail());
        }
        long first = stream.tail();
        stream.records.addAll(append.records());
        stream.closed = append.close();
        Outcome.Appended receipt = new Outcome.Appended(
                first,
                stream.tail(),
                index,
                digest(stream.records),
                false,
                append.close(),
                sent.isNone() ? Outcome.NO_SEQ : sent.seq());
        if (!sent.isNone() && sent.seq() == 0) {
            stream.producers.put(sent.id(), new RefProducer(sent.epoch(), new ArrayList<>()));
        }
        if (!sent.isNone()) {
            stream.producers.get(sent.id()).receipts.add(receipt);
        }
        return receipt;
    }

    private static Outcome duplicate(RefStream stream, Outcome.Appended first, long seq, long lastSeq) {
        return lastSeq - seq < 8
                ? first.asDuplicate(lastSeq)
                : new Outcome.DuplicateForgotten(lastSeq, stream.tail());
    }

    static Digest digest(List<Bytes> records) {
        Digest digest = Digest.ZERO;
        for (Bytes record : records) {
            MessageDigest sha = sha256();
            sha.update(ByteBuffer.allocate(8).putLong(Long.reverseBytes(digest.high())).array());
            sha.update(ByteBuffer.allocate(8).putLong(Long.reverseBytes(digest.low())).array());
            ByteBuffer result = ByteBuffer.wrap(sha.digest(record.toArray()));
            digest = new Digest(result.getLong(), result.getLong());
        }
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
