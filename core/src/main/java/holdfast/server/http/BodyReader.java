package holdfast.server.http;

import holdfast.Bytes;

/// Collects a body.
sealed interface BodyReader permits FixedBody, ChunkedBody {

    /// Takes bytes until the body is complete or refused; returns the position behind the last one taken.
    int feed(byte[] bytes, int from, int to);

    /// Bytes of the body collected so far.
    int size();

    /// Bytes of memory that they take.
    int capacity();

    boolean isUntouched();

    boolean isComplete();

    /// Null unless refused.
    RequestParser.Failure failure();

    Bytes bytes();
}
