package holdfast.sim.disk;

/// How a file system goes on after it could not write its journal or flush the drive: nothing becomes durable
/// any more until the next mount, whatever the answers say (`fault-lab.md` §3.2 and §3.3).
///
/// @param name for people
/// @param first answer of the sync that met the failure
/// @param again answers of later syncs on that descriptor while the device is still bad
/// @param others the same on other descriptors
/// @param unmodified the same on a file that had nothing to write
/// @param healed answers of all syncs once the device works again
/// @param change answer of write, create, rename and delete
/// @param readable false if reads, and even listing, answer EIO
public record JournalLoss(
        String name,
        Answer first,
        Answer again,
        Answer others,
        Answer unmodified,
        Answer healed,
        Answer change,
        boolean readable) {

    /// One and the same answer to every sync after the first.
    static JournalLoss then(String name, Answer first, Answer later, Answer change, boolean readable) {
        return new JournalLoss(name, first, later, later, later, later, change, readable);
    }
}
