/// Histories as files: what other tools write and read, turned into one shape and back.
///
/// [holdfast.sim.history.format.Format] knows the formats and recognises them, an
/// [holdfast.sim.history.format.Entries] reads one of them entry by entry and ends with a place and a sentence where
/// the file is damaged, [holdfast.sim.history.format.Entry] is one event with Jepsen's field names and
/// [holdfast.sim.history.format.Datum] a value in it. [holdfast.sim.history.format.StreamEntries] has the words for
/// a history of streams, both ways. `docs/guide/histories.md` describes what we write.
package holdfast.sim.history.format;
