/// Proof by attack: random small histories of a stream, good ones and damaged ones, on which the linear check and a
/// search over the plain specification must agree. [holdfast.sim.check.stream.trial.Trial] is one of them.
package holdfast.sim.check.stream.trial;
