package holdfast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StateHashTest {

    private static StateHash hash() {
        return new StateHash();
    }

    @Test
    @DisplayName("equal states have equal hashes, in every JVM: golden hashes depend on it")
    void stable() {
        long value = hash().add(1).add(true).add("a").add(Bytes.utf8("bc")).add(new Digest(3, 4)).value();
        assertEquals(value, hash().add(1).add(true).add("a").add(Bytes.utf8("bc")).add(new Digest(3, 4)).value());
        long mixed = (0x243F6A8885A308D3L ^ 1) * 0x9E3779B97F4A7C15L;
        assertEquals(mixed ^ mixed >>> 29, hash().add(1).value());
    }

    @Test
    @DisplayName("whatever is added makes a difference, and so does its order")
    void different() {
        List<Long> values = new ArrayList<>(List.of(
                hash().value(), hash().add(0).value(), hash().add(1).add(2).value(), hash().add(2).add(1).value(),
                hash().add(false).value(), hash().add(true).add(true).value(), hash().add("").add("ab").value(),
                hash().add("a").add("b").value(), hash().add("ab").add("").value(), hash().add(Digest.ZERO).value(),
                hash().add(Bytes.utf8("ab")).add(Bytes.utf8("c")).value(),
                hash().add(Bytes.utf8("a")).add(Bytes.utf8("bc")).value()));
        assertEquals(values.size(), values.stream().distinct().count());
    }

    @Property(tries = 300)
    @Label("two numbers that differ in one bit have different hashes, also behind others")
    void everyBit(@ForAll long before, @ForAll long number) {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertNotEquals(
                    hash().add(before).add(number).add(9).value(),
                    hash().add(before).add(number ^ 1L << bit).add(9).value());
        }
    }
}
