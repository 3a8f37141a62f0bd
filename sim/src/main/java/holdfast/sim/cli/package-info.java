/// The reporting edge: the commands of `./holdfast` that run universes. The only part of the simulator with
/// threads, files, a wall clock and a console; nothing here can change how a universe runs.
///
/// Start at [holdfast.sim.cli.Main]. [holdfast.sim.cli.Commands] holds every command with its options, which is
/// what both the parser and the help read. [holdfast.sim.cli.Campaign] runs many universes,
/// [holdfast.sim.cli.ReplayCommand] tells one, [holdfast.sim.cli.MutantRunner] plants bugs.
package holdfast.sim.cli;
