/// A plain HTTP/1.1 client for the command line, the load generator and the torture: one connection, one request
/// at a time, and an honest word about what may have been received.
///
/// Start with [holdfast.server.client.HttpCaller].
package holdfast.server.client;
