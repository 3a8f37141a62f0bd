package holdfast.env;

import holdfast.Bytes;

/// What can be asked of an [ObjectStore].
public sealed interface ObjectOp {

    long id();

    /// `If-None-Match: *`: fails if the key exists.
    record PutIfAbsent(long id, String key, Bytes body) implements ObjectOp {}

    record Get(long id, String key, long position, int length) implements ObjectOp {}

    record Delete(long id, String key) implements ObjectOp {}
}
