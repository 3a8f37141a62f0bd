/// The network between the nodes: packets that are slow, lost, doubled, overtaken or held back.
/// [holdfast.sim.net.SimNetwork] is all of it.
package holdfast.sim.net;
