/// The wire between nodes: checksummed frames over TCP.
///
/// Start with [holdfast.server.peer.FrameReader] and [holdfast.server.peer.Hello], which are pure and therefore
/// fuzzed; [holdfast.server.peer.PeerNetwork] is what the node sends through. The core survives loss, delay and
/// reordering, so nothing here is ever retried: what does not fit is dropped and counted.
package holdfast.server.peer;
