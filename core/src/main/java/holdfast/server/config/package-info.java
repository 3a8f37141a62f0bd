/// What a server is told: the same names as flags, in the environment and in a file.
///
/// Start with [holdfast.server.config.Setting], the one table; [holdfast.server.config.Settings] gathers the
/// values, [holdfast.server.config.ServerConfig] is what the rest of the server sees. All of it is pure and fuzzed.
package holdfast.server.config;
