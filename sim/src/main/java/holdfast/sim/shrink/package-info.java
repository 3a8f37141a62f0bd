/// From a universe that fails to the smallest plan that still fails in the same way. Start with
/// [holdfast.sim.shrink.Shrinker].
package holdfast.sim.shrink;
