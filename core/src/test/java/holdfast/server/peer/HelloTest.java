package holdfast.server.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HelloTest {

    private static final Hello HELLO =
            new Hello(new Digest(1, 2), 3, 1, new Digest(4, 5), 6, 7, Lane.BULK, "127.0.0.1:4438");

    @Test
    @DisplayName("a greeting survives the wire")
    void roundTrip() {
        assertEquals(new Hello.Heard.Said(HELLO), Hello.decode(HELLO.encode()));
    }

    @Test
    @DisplayName("so does a refusal")
    void refusal() {
        assertEquals(new Hello.Heard.Refused("not here"), Hello.decode(Hello.refusal("not here")));
    }

    @Test
    @DisplayName("every field stands where docs/format.md says")
    void document() throws IOException {
        assertEquals("version u32 = " + Hello.VERSION, field(4));
        assertEquals("since u64", field(48).replaceFirst(":.*", ""));
        ByteBuffer bytes = HELLO.encode().buffer();
        assertEquals(List.of(0, 4, 8, 24, 28, 32, 48, 56, 64, 66, 68), List.copyOf(table().keySet()));
        assertEquals("magic `HFPN`", field(0));
        assertEquals("HFPN", HELLO.encode().slice(0, 4).utf8());
        assertEquals(Hello.VERSION, bytes.getInt(4));
        assertEquals(HELLO.cluster(), new Digest(bytes.getLong(8), bytes.getLong(16)));
        assertEquals(HELLO.from(), bytes.getInt(24));
        assertEquals(HELLO.to(), bytes.getInt(28));
        assertEquals(HELLO.disk(), new Digest(bytes.getLong(32), bytes.getLong(40)));
        assertEquals(HELLO.since(), bytes.getLong(48));
        assertEquals(HELLO.session(), bytes.getLong(56));
        assertEquals(HELLO.lane().ordinal(), bytes.getShort(64));
        assertEquals(HELLO.http().length(), bytes.getShort(66));
        assertEquals(HELLO.http(), HELLO.encode().slice(68, HELLO.encode().size()).utf8());
    }

    private static String field(int at) throws IOException {
        return table().get(at);
    }

    /// The rows of the greeting's table, by where a field stands.
    private static TreeMap<Integer, String> table() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/format.md"))) {
            folder = folder.getParent();
        }
        String document = Files.readString(folder.resolve("docs/format.md"));
        TreeMap<Integer, String> rows = new TreeMap<>();
        for (String line : document.substring(document.indexOf("is a **greeting**")).lines().skip(4).toList()) {
            if (!line.startsWith("|")) {
                return rows;
            }
            String[] cells = line.split(" *\\| *");
            rows.put(Integer.parseInt(cells[1]), cells[2]);
        }
        return rows;
    }

    @Test
    @DisplayName("another version is refused by its number")
    void version() {
        byte[] bytes = HELLO.encode().toArray();
        bytes[4] = 9;

        Hello.Heard.Unreadable heard =
                assertInstanceOf(Hello.Heard.Unreadable.class, Hello.decode(Bytes.wrap(bytes)));

        assertTrue(heard.sentence().contains("version 9"), heard.sentence());
    }

    @Test
    @DisplayName("every prefix is refused without an exception")
    void prefixes() {
        Bytes whole = HELLO.encode();
        for (int length = 0; length < whole.size(); length++) {
            assertInstanceOf(Hello.Heard.Unreadable.class, Hello.decode(whole.slice(0, length)), "of " + length);
        }
    }

    @Test
    @DisplayName("noise and damage raise nothing and hold no memory")
    void fuzz() {
        WireFuzz fuzz = new WireFuzz(20_261_124);

        fuzz.run(200_000);

        assertTrue(fuzz.frames() > 10_000, "frames survived: " + fuzz.frames());
        assertTrue(fuzz.greetings() > 1_000, "greetings survived: " + fuzz.greetings());
    }
}
