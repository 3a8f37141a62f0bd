/// One universe from its plan to its [holdfast.sim.run.Verdict], told event by event to a
/// [holdfast.sim.run.TraceSink] if anybody listens.
package holdfast.sim.run;
