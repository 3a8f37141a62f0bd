/// The faults of a plan, carried out at their times, or when what they wait for has happened. What each does to a disk or a
/// network is written where the disk and the network are; here is only when and to whom.
package holdfast.sim.fault;
