/// The Durable Streams protocol over HTTP, on any node: `/v1/stream/{name}`.
///
/// Start with [holdfast.server.streams.StreamsHandler], which routes. A write becomes one command and goes
/// through [holdfast.server.streams.Writes], which finds the leader, waits through an election and asks again
/// without doing anything twice; a read goes through [holdfast.server.streams.StreamReads]. Nothing is decided
/// here that the state machine can decide: two clients at two nodes would otherwise be told different things.
///
/// What a client is told about a failed write is one of two words: *not-written* or *unknown*
/// ([holdfast.server.streams.Problem]).
package holdfast.server.streams;
