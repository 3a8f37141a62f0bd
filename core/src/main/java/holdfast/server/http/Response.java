package holdfast.server.http;

import holdfast.Bytes;
import java.io.IOException;

/// What a handler answers: at once, or as a body that comes bit by bit.
public sealed interface Response {

    int status();

    Headers headers();

    /// A body whose length is known.
    record Whole(int status, Headers headers, Bytes body) implements Response {}

    /// A body that `source` writes as long as it likes. To a HEAD only the head is sent.
    record Live(int status, Headers headers, Source source) implements Response {}

    /// Writes a live body. Runs on the connection's thread; returning ends the body well, throwing cuts it off.
    interface Source {
        void writeTo(Sink sink) throws IOException, InterruptedException;
    }

    /// Where a live body goes. Each call is seen by the client at once.
    interface Sink {
        void write(Bytes bytes) throws IOException;

        /// Whether the client is still there ([Client#isThere]).
        default boolean isOpen() throws IOException {
            return true;
        }

        /// To be called before `bytes` of memory are held while they are written, and closed when they no longer are.
        /// If there is no room for them the body is cut off: its client comes again where it was.
        default Hold hold(long bytes) throws IOException {
            return () -> {};
        }
    }

    /// Memory that a live body has been given.
    @FunctionalInterface
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    static Response of(int status, Headers headers) {
        return new Whole(status, headers, Bytes.EMPTY);
    }
}
