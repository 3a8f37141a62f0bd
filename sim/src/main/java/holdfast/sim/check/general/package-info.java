/// Linearizability of any object that can be written down as a sequential program.
///
/// [holdfast.sim.check.general.Spec] is that program: it can be run by hand, and the checker runs it.
/// [holdfast.sim.check.general.OpLog] takes a history in, [holdfast.sim.check.general.GeneralCheck] judges it and
/// [holdfast.sim.check.general.Verdict] says what came out; the objects that people check most are in
/// [holdfast.sim.check.general.spec]. The price is exponential in what is open at the same time, linear in the
/// rest. Read [holdfast.sim.check.general.Search] for the idea, then its two orders,
/// [holdfast.sim.check.general.DepthFirst] and [holdfast.sim.check.general.BreadthFirst].
package holdfast.sim.check.general;
