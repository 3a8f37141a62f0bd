package holdfast.server.streams;

import holdfast.node.ClientReply;

/// A live read that has begun.
///
/// @param incarnation of the stream when the read began
/// @param cursor what the client sent, which may be null
record LiveRead(String stream, long incarnation, String cursor, ReadLevel level) {

    /// The reply to a later read at the same node. A stream that was deleted and created again under the same
    /// name is no continuation, and only such a one can end before the place that was reached.
    ClientReply continued(ClientReply reply) {
        boolean isAnother = reply instanceof ClientReply.PastTail
                || reply instanceof ClientReply.Records records && records.view().incarnation() != incarnation;
        return isAnother ? new ClientReply.NoSuchStream() : reply;
    }
}
