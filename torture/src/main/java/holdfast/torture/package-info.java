/// Real nodes, real clients, real faults, and the simulator's checkers as judges of what the clients were told.
///
/// Start with [holdfast.torture.TortureRun]. Clients speak HTTP only; [holdfast.torture.Wording] turns its answers
/// into the words of a history, and [holdfast.torture.Nemesis] does the harm.
package holdfast.torture;
