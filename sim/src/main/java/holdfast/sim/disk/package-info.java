/// The simulated disk: page cache, file system, drive write cache and medium as separate layers, so that the
/// software can be wrong about what it has saved, and an oracle can see that it is.
///
/// Start with [holdfast.sim.disk.FsProfiles], the table of what file systems do when a sync fails; then
/// `SimFileSystem` (the model, without time), [holdfast.sim.disk.SimDisk] (the same with a queue, latency and
/// crashes) and [holdfast.sim.disk.MediumView] (what a power cut would leave). `docs/faults.md` tells what each
/// fault can and cannot show.
package holdfast.sim.disk;
