/// The node among threads: one loop that owns it, and doors through which every other thread speaks to it.
///
/// Start with [holdfast.server.loop.NodeLoop], the only thread that touches the [holdfast.node.Node].
/// [holdfast.server.loop.LocalNode] is the door that the HTTP front uses.
package holdfast.server.loop;
