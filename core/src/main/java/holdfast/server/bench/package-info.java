/// Load over HTTP, and how long it took.
///
/// Start with [holdfast.server.bench.LoadRun]: closed loops measure what a client that waits sees, an open loop
/// what a client sees that does not wait for its turn. [holdfast.server.bench.LatencyHistogram] keeps both.
package holdfast.server.bench;
