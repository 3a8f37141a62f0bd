/// Time and chance, the two things that a universe may not take from outside:
/// [holdfast.sim.kernel.EventQueue] moves virtual time, [holdfast.sim.kernel.Entropy] answers every random
/// decision from its key.
package holdfast.sim.kernel;
