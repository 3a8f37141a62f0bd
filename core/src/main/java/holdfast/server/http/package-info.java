/// HTTP/1.1 (RFC 9110, RFC 9112), as much of it as a server with small requests needs.
///
/// Start with [holdfast.server.http.RequestParser]: bytes in, one request out, no I/O, so it can be split at
/// every byte and fuzzed. [holdfast.server.http.HttpServer] accepts, [holdfast.server.http.Connection] is one
/// virtual thread that reads, asks its [holdfast.server.http.HttpHandler] and writes, over a
/// [holdfast.server.http.Wire]. Every wait and every size has a bound: [holdfast.server.http.HttpLimits] for one client,
/// [holdfast.server.http.Budgets] for all together.
package holdfast.server.http;
