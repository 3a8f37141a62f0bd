/// Node processes on this machine: started, watched, killed, paused.
///
/// Start with [holdfast.server.cluster.NodeProcess]; [holdfast.server.cluster.Supervisor] keeps a folder of them.
package holdfast.server.cluster;
