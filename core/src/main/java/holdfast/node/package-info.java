/// The node: consensus, log and machine composed into one deterministic object.
///
/// Start with [holdfast.node.Node] (its three methods are the whole interface), then [holdfast.node.Replica],
/// which routes every input of a running node, and [holdfast.node.Driver], which performs what comes out.
package holdfast.node;
