package holdfast.server.disk;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A test's hand inside the disk: makes syncs fail or take long, or lets the power fail. Nothing in production arms
/// it; the server hands it out only when it was started with test hooks.
///
/// It can show how Holdfast answers an error, not how a kernel behaves after one: no page is dropped by a sync that
/// fails here. A power cut does lose what was written and not synced, because [Unsynced] takes it back.
public final class DiskTrouble {

    /// The last moments with power: long enough for a node that speaks too early to be heard.
    private static final long LAST_MOMENTS_MILLIS = 30;

    private static final int EXIT_POWER_CUT = 137;

    private final AtomicInteger syncsUntilFailure = new AtomicInteger();
    private final AtomicInteger syncsUntilPowerCut = new AtomicInteger();
    private final AtomicLong syncDelayMillis = new AtomicLong();
    private final Unsynced unsynced;
    private final Runnable darkness;

    /// For a server: with `hooks` what a power cut would take is kept at hand, and darkness ends the process.
    public DiskTrouble(boolean hooks) {
        this(hooks, () -> Runtime.getRuntime().halt(EXIT_POWER_CUT));
    }

    /// `darkness` runs when the power fails, on the disk's thread.
    DiskTrouble(boolean hooks, Runnable darkness) {
        unsynced = hooks ? new Unsynced() : null;
        this.darkness = darkness;
    }

    /// The `nth` sync from now on fails once with EIO; 1 is the next one.
    public void failSync(int nth) {
        syncsUntilFailure.set(nth);
    }

    /// Every sync takes this much longer; 0 heals.
    public void delaySyncs(long millis) {
        syncDelayMillis.set(millis);
    }

    /// The power fails at the `nth` sync from now on, before it has done anything. Needs hooks.
    public void cutPowerAtSync(int nth) {
        syncsUntilPowerCut.set(nth);
    }

    /// What a power cut would take back, or null without hooks.
    Unsynced unsynced() {
        return unsynced;
    }

    void beforeSync(String name) throws IOException {
        long delay = syncDelayMillis.get();
        if (delay > 0) {
            Pause.millis(delay);
        }
        if (isDue(syncsUntilPowerCut) && unsynced != null) {
            Pause.millis(LAST_MOMENTS_MILLIS);
            unsynced.takeBack();
            darkness.run();
        }
        if (isDue(syncsUntilFailure)) {
            throw new IOException(name + ": Input/output error (injected)");
        }
    }

    private static boolean isDue(AtomicInteger countdown) {
        return countdown.get() > 0 && countdown.decrementAndGet() == 0;
    }
}
