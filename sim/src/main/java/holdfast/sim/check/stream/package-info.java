/// The stream check: exact, in one pass, without a search as long as no stream is deleted.
///
/// Start with [holdfast.sim.check.stream.StreamChecker], the door; [holdfast.sim.check.stream.Judge] has the theorem and
/// why it holds; [holdfast.sim.check.stream.RealTimeRules] is its online form.
package holdfast.sim.check.stream;
