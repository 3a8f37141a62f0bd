/// What the log means, once more: streams, producers, forks, lives and sessions as lists and maps, written from what the doc
/// comments and `docs/format.md` promise, slow and plain. It shares no code with `holdfast.stream` but the records that say
/// what is asked and answered, and the hash.
package holdfast.sim.check.reference;
