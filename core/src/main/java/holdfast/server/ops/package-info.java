/// What operators ask a node over HTTP: is it alive, is it ready, what is it, what has it done.
///
/// Start with [holdfast.server.ops.OpsHandler], the table of paths.
package holdfast.server.ops;
