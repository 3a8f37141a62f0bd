/// Real files behind [holdfast.env.Disk].
///
/// Start with [holdfast.server.disk.FileDisk]: one thread, operations in order, and a first failure that is the
/// last word. [holdfast.server.disk.DataDirectory] is the folder itself, locked against a second process.
package holdfast.server.disk;
