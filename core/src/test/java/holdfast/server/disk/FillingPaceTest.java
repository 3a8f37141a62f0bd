package holdfast.server.disk;

import static holdfast.server.disk.FillingPace.SLICE_BYTES;
import static holdfast.server.disk.FillingPace.SLICE_BYTES_MAX;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FillingPaceTest {

    private final FillingPace pace = new FillingPace();

    @Test
    @DisplayName("before anybody has appended, nobody waits for a slice")
    void alone() {
        pace.begins();
        assertEquals(SLICE_BYTES_MAX, pace.sliceBytes());
        pace.synced(64);
        assertEquals(SLICE_BYTES, pace.sliceBytes());
    }

    @Test
    @DisplayName("a slice is as large as the largest append; the small syncs that follow it do not slow the filling down")
    void largest() {
        pace.begins();
        pace.synced(300_000);
        pace.synced(4_096);
        pace.synced(64);
        assertEquals(300_000, pace.sliceBytes());
        pace.begins();
        assertEquals(300_000, pace.sliceBytes());
        pace.synced(16 << 20);
        assertEquals(SLICE_BYTES_MAX, pace.sliceBytes());
    }

    @Test
    @DisplayName("two files later a large append is forgotten")
    void forgotten() {
        pace.begins();
        pace.synced(16 << 20);
        pace.begins();
        pace.synced(64);
        pace.begins();
        assertEquals(SLICE_BYTES, pace.sliceBytes());
    }
}
