/// The oracles, a small file each: what must hold after every turn, at every promise and at the end. They look at the
/// production state and at the simulated medium; they change nothing.
///
/// Start with [holdfast.sim.check.DurabilityLedger]: it asks of every acknowledgement whether it would survive a power
/// cut at this moment.
package holdfast.sim.check;
