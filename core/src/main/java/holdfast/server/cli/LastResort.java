package holdfast.server.cli;

import holdfast.server.Log;

/// Ends the process when everything else has failed to: an end that waits for a device that hangs, or for anything else,
/// is an end all the same.
///
/// It can only ask: a thread that is inside the kernel, in an operation of a device that does not answer, is let go when the
/// kernel lets it go, and until then the process stays, keeps its lock, and nobody else may use its data directory.
final class LastResort {

    private static final long LOG_MILLIS = 1_000;

    private LastResort() {}

    /// Halts with `exit` after so long, unless the process has ended by then.
    static void haltAfter(long millis, int exit, Log log) {
        Thread.ofPlatform().name("last resort").daemon().start(() -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException nobodyDoesThat) {
                Thread.currentThread().interrupt();
            }
            log.error("could not end in an orderly way within " + millis / 1_000 + " s and halts. If the process is still"
                    + " there, the kernel is waiting for a device: its data directory is free when that answers, or after a"
                    + " reboot");
            halt(exit, log);
        });
    }

    /// Halts at once, behind the log's last line.
    static void halt(int exit, Log log) {
        log.drain(LOG_MILLIS);
        Runtime.getRuntime().halt(exit);
    }
}
