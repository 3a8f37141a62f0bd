/// A universe before it runs: cluster, workload and faults as plain data. A seed is only a short name for a
/// [holdfast.sim.plan.Plan]; [holdfast.sim.plan.PlanGenerator] draws one, [holdfast.sim.plan.PlanText] writes it as a
/// file to read, edit and replay.
package holdfast.sim.plan;
