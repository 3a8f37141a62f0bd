/// One server, put together: data directory, disk, peers, loop, and the doors for clients and operators.
///
/// Start with [holdfast.server.run.RunningNode], which says what is opened in which order, and closed in the other.
package holdfast.server.run;
