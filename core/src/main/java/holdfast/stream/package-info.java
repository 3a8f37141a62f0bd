/// The replicated state machine: streams, their producers and where their bytes are. Pure and deterministic:
/// the outcome of a command depends on the commands before it and on nothing else, so every node that applies
/// the same log holds the same state, encodes it to the same bytes and gives the same answer to a retry.
///
/// Payload bytes are not kept here. They stay in the log entry that carried them; the machine remembers which
/// offsets stand in which entry ([holdfast.stream.Extent]), and whoever holds the log reads them with
/// [holdfast.stream.CommandCodec#records].
///
/// Read [holdfast.stream.Command] and [holdfast.stream.Outcome] first (what can be asked and answered), then
/// [holdfast.stream.StreamMachine], then [holdfast.stream.ProducerTable] (why a retry is safe).
package holdfast.stream;
