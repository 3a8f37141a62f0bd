package holdfast.stream;

import holdfast.Bytes;
import java.util.List;

/// What the log asks the stream machine to do. Encoded by [CommandCodec]; `docs/format.md` has the bytes.
public sealed interface Command {

    String stream();

    /// Who asked, and the leader's time.
    Stamp stamp();

    /// The same command with another stamp.
    Command with(Stamp stamp);

    /// Makes a stream with its first `records`, closed at once if `close`. Creating one that exists changes
    /// nothing and is answered [Outcome.AlreadyExists], which says whether the one there is as asked for.
    record Create(String stream, Setup setup, List<Bytes> records, boolean close, Stamp stamp) implements Command {

        /// An empty open stream of no particular kind.
        public Create(String stream) {
            this(stream, Setup.PLAIN, List.of(), false, Stamp.NONE);
        }

        @Override
        public Create with(Stamp stamp) {
            return new Create(stream, setup, records, close, stamp);
        }
    }

    /// Appends all `records` or none. `expectedTail` is the tail offset the stream must have, or [#ANY_TAIL].
    /// `close` closes the stream in the same step. `records` may be empty only together with `close`.
    /// A refused append leaves nothing behind, and the producer's number is still to be used.
    ///
    /// @param contentType what the records are; must be the stream's, empty to say nothing
    /// @param sequence the writers' own order: greater, byte by byte, than the stream's last one; empty for none
    record Append(
            String stream,
            List<Bytes> records,
            long expectedTail,
            Producer producer,
            boolean close,
            String contentType,
            Bytes sequence,
            Stamp stamp)
            implements Command {

        public Append(String stream, List<Bytes> records, long expectedTail, Producer producer, boolean close) {
            this(stream, records, expectedTail, producer, close, "", Bytes.EMPTY, Stamp.NONE);
        }

        @Override
        public Append with(Stamp stamp) {
            return new Append(stream, records, expectedTail, producer, close, contentType, sequence, stamp);
        }
    }

    /// Closes without appending. Closing a closed stream is no error.
    record Close(String stream, Stamp stamp) implements Command {

        public Close(String stream) {
            this(stream, Stamp.NONE);
        }

        @Override
        public Close with(Stamp stamp) {
            return new Close(stream, stamp);
        }
    }

    /// Forgets the stream with its producers; what its forks share stays until the last of them is gone.
    /// Created again under the same name, it is another one.
    record Delete(String stream, Stamp stamp) implements Command {

        public Delete(String stream) {
            this(stream, Stamp.NONE);
        }

        @Override
        public Delete with(Stamp stamp) {
            return new Delete(stream, stamp);
        }
    }

    /// Brings the leader's time to the machine, which expires what is due, and with `renew` begins the stream's
    /// time to live anew: so a read counts as use.
    record Touch(String stream, boolean renew, Stamp stamp) implements Command {

        @Override
        public Touch with(Stamp stamp) {
            return new Touch(stream, renew, stamp);
        }
    }

    long ANY_TAIL = -1;

    /// Who sends, so that a retry is recognised: the producer's id, its incarnation and its number for this
    /// append. [#NONE] for clients that do without.
    record Producer(String id, long epoch, long seq) {

        public static final Producer NONE = new Producer("", 0, 0);

        public boolean isNone() {
            return id.isEmpty();
        }
    }
}
