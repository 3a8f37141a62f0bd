/// Where the real world will stand: files, sockets, threads, wall clocks. The only package that may use them.
/// It will run the same [holdfast.node.Driver] that the simulator runs.
package holdfast.server;
