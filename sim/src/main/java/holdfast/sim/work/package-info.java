/// Clients: what they ask, how they retry, and what they make of an answer. [holdfast.sim.work.Caller] is one call with
/// its attempts, [holdfast.sim.work.GatewayProcess] gets the numbered writes of several clients done,
/// [holdfast.sim.work.Client] is a life of calls, [holdfast.sim.work.Auditor] the questions at the end.
package holdfast.sim.work;
