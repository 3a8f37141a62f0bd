package holdfast.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import holdfast.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LongRecordTest {

    private static final Bytes NAME = LongRecord.named("3-17", 60_000);

    private static Bytes shrunk(byte[] wire) {
        return LongRecord.shrunk(wire, 0, wire.length);
    }

    @Test
    @DisplayName("a history has the name, the wire as many bytes as the name says, and back again")
    void thereAndBack() {
        assertEquals("\"3-17*60000\"", NAME.utf8());
        byte[] wire = LongRecord.expanded(NAME);
        assertEquals(60_000, wire.length);
        assertEquals(60_000, LongRecord.size(NAME));
        assertEquals(NAME, shrunk(wire));
        assertFalse(new String(wire, StandardCharsets.US_ASCII).contains(","));
        assertEquals(
                LongRecord.BYTES_LEAST, LongRecord.expanded(LongRecord.named("3-17", LongRecord.BYTES_LEAST)).length);
    }

    @Test
    @DisplayName("a short record is what it is")
    void shortOnes() {
        Bytes record = Wording.record("3-18");
        assertEquals(record, Bytes.wrap(LongRecord.expanded(record)));
        assertEquals(record, shrunk(record.toArray()));
        assertEquals(record.size(), LongRecord.size(record));
    }

    @Test
    @DisplayName("one byte more, less or other is another record")
    void damage() {
        byte[] wire = LongRecord.expanded(NAME);
        for (int at : List.of(1, 5, 12, 30_000, wire.length - 2)) {
            byte[] damaged = wire.clone();
            damaged[at] ^= 1;
            assertNotEquals(NAME, shrunk(damaged), "byte " + at);
        }
        assertNotEquals(NAME, LongRecord.shrunk(wire, 0, wire.length - 1));
        byte[] other = LongRecord.expanded(LongRecord.named("3-19", 60_000));
        System.arraycopy(other, 20, wire, 20, wire.length - 20);
        assertNotEquals(NAME, shrunk(wire));
    }

    @Test
    @DisplayName("short and long ones stand in one array")
    void arrays() {
        Bytes record = Wording.record("3-18");
        byte[] wire = LongRecord.expanded(NAME);
        String array = "[" + record.utf8() + "," + new String(wire, StandardCharsets.US_ASCII) + "," + record.utf8() + "]\n";
        assertEquals(List.of(record, NAME, record), Wording.elements(Bytes.utf8(array)));
        assertEquals(List.of(), Wording.elements(Bytes.utf8("[]")));
    }
}
