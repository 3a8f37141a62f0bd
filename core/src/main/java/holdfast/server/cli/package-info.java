/// The commands that start, use and hurt real nodes: `serve`, `cluster`, `append`, `read`, `status`, `kill`,
/// `restart`, `demo`, `bench`.
///
/// Start with [holdfast.server.cli.ServerMain].
package holdfast.server.cli;
