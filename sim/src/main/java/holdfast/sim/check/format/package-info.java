/// From the events of a file to a verdict: which object they are about, what its operations mean, and who judges.
///
/// [holdfast.sim.check.format.Court] takes events in and judges them; [holdfast.sim.check.format.Model] is the choice
/// of object and can recognise it. A [holdfast.sim.check.format.Shape] holds the words of one object.
package holdfast.sim.check.format;
