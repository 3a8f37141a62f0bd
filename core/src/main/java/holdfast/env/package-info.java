/// The environment: clock, disk, network and object store as interfaces. No implementation lives here; the
/// simulator has one of each and the server another. Start with [holdfast.env.Disk]: its contract is the one
/// that everything else in Holdfast is built to survive.
package holdfast.env;
