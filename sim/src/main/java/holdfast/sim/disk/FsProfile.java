package holdfast.sim.disk;

import holdfast.Check;
import java.util.List;

/// A file system's way to fail, as data. A list of several behaviours means that one is drawn for each failure.
///
/// @param name as plans write it
/// @param failures what a failed data write does; at least one
/// @param deviceLosses what follows when the device refuses every write; empty if a retry may work
/// @param commitLosses what follows when only the journal or the drive's flush fails; empty likewise
/// @param powerLoss what a power cut does
/// @param checksums true if reading a block that is not what was last written answers EIO
public record FsProfile(
        String name,
        List<SyncFailure> failures,
        List<JournalLoss> deviceLosses,
        List<JournalLoss> commitLosses,
        PowerLoss powerLoss,
        boolean checksums) {

    public FsProfile {
        Check.that(!failures.isEmpty(), "a profile knows how to fail");
        failures = List.copyOf(failures);
        deviceLosses = List.copyOf(deviceLosses);
        commitLosses = List.copyOf(commitLosses);
    }
}
