package holdfast.server.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Digest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HelloTest {

    private static final Hello HELLO =
            new Hello(new Digest(1, 2), 3, 1, new Digest(4, 5), 6, "127.0.0.1:4438");

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
