/// The simulated machines and what happens to them. [holdfast.sim.world.World] builds them from a plan and is the only
/// one that starts, stops and connects them; [holdfast.sim.world.Host] is one machine with the production node on it.
package holdfast.sim.world;
