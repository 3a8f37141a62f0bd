package holdfast.wal;

import holdfast.Bytes;

/// Descriptors of a batch that is durable, and where they belong. Nobody waits for them.
record Proof(String file, int position, Bytes descriptors) {}
