package holdfast.stream;

import holdfast.Digest;

/// What is known of a stream at one moment: what a reader needs besides the bytes.
///
/// @param incarnation log index of the creation; a stream deleted and created again has another one
/// @param tail the offset that the next record will get, which is also the number of records
/// @param closed no record will ever follow
/// @param digest chain digest of all records below `tail` ([StreamMachine])
/// @param setup what the stream was created with; a fork's is complete with what it inherited
/// @param dueMillis when the stream expires unless it is used before, `Long.MAX_VALUE` for never
/// @param gone deleted or expired, and kept only for its forks
public record StreamView(
        long incarnation, long tail, boolean closed, Digest digest, Setup setup, long dueMillis, boolean gone) {

    /// A stream of no particular kind.
    public StreamView(long incarnation, long tail, boolean closed, Digest digest) {
        this(incarnation, tail, closed, digest, Setup.PLAIN, Long.MAX_VALUE, false);
    }
}
