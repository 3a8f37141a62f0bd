package holdfast.sim.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Digest;
import holdfast.stream.Command;
import holdfast.stream.CommandBounds;
import holdfast.stream.CommandCodec;
import holdfast.raft.Membership;
import holdfast.wal.WalConfig;
import java.util.Collections;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the bounds repeat of the core is what the core says.
class PlanBoundsTest {

    private static WalConfig wal(int segmentBytes, int slots, int batchBytes) {
        return new WalConfig(
                new Digest(1, 1), 1, new Digest(1, 2), segmentBytes, slots, batchBytes, 1);
    }

    @ParameterizedTest
    @CsvSource({"64, 4096", "128, 16384", "512, 65536", "4096, 8192"})
    @DisplayName("the smallest segment is the one that the log takes")
    void segments(int slots, int batchBytes) {
        int smallest = (int) PlanBounds.segmentBytesMin(slots, batchBytes);
        assertEquals(smallest, wal(smallest, slots, batchBytes).segmentBytes());
        assertThrows(
                Check.InvariantBroken.class, () -> wal(smallest - PlanBounds.BLOCK, slots, batchBytes));
    }

    @Test
    @DisplayName("units are those of the log")
    void units() {
        assertThrows(Check.InvariantBroken.class, () -> wal(1 << 20, PlanBounds.SLOTS_PER_BLOCK + 1, PlanBounds.BLOCK));
        assertThrows(Check.InvariantBroken.class, () -> wal(1 << 20, PlanBounds.SLOTS_PER_BLOCK, PlanBounds.BLOCK + 1));
        assertEquals(Membership.VOTERS_MAX, PlanBounds.NODES_MAX);
        assertEquals(CommandBounds.RECORDS_MAX, PlanBounds.RECORDS_MAX);
    }

    @ParameterizedTest
    @CsvSource({"1, 3040", "1, 1", "20, 121", "90, 2"})
    @DisplayName("the largest append of a plan fits the batch that its bounds ask for")
    void appends(int records, int recordBytes) {
        int batchBytes = PlanBounds.BLOCK;
        assertTrue(PlanBounds.batchBytesMin(records, recordBytes) <= batchBytes, "the example is within the bounds");
        int largest = Math.max(recordBytes, "64-100000-10000-".length());
        Command append = new Command.Append(
                "s1000.100000",
                Collections.nCopies(records, Bytes.wrap(new byte[largest])),
                Long.MAX_VALUE,
                new Command.Producer("p64", 1, 1),
                true);
        int encoded = CommandCodec.encode(append).size();
        int room = wal(1 << 20, 64, batchBytes).payloadBytesMax();
        assertTrue(encoded <= room, () -> encoded + " bytes in " + room);
    }

    @Test
    @DisplayName("ordinary knobs are within the bounds")
    void ordinary() {
        Plan drawn = PlanGenerator.generate(1, new PlanOptions(3, FaultSelection.NONE));
        Cluster.Noise still = new Cluster.Noise(500, 0, 0, 0, 0);
        Cluster cluster = new Cluster(drawn.cluster().machines(), 10, still, Knobs.ORDINARY);
        Plan plan = new Plan(1, cluster, drawn.workload(), drawn.calmMicros(), drawn.faults());
        assertEquals(new PlanText.Parsed.Ok(plan), PlanText.parse(PlanText.print(plan)));
    }
}
