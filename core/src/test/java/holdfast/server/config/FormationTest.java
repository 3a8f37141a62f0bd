package holdfast.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.raft.Membership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The file that a cluster is formed from, as `docs/format.md` shows it.
class FormationTest {

    private static final int DAMAGES = 50_000;

    private static final Formation THREE = new Formation(
            new Digest(0x0011223344556677L, 0x8899aabbccddeeffL), "shop", 1,
            new Digest(0xd0d1d2d3d4d5d6d7L, 0xd8d9dadbdcdddedfL),
            new TreeMap<>(Map.of(
                    1, new HostPort("10.0.0.1", 4447), 2, new HostPort("10.0.0.2", 4447),
                    3, new HostPort("fd00::3", 4447))));

    private static String refusal(String text) {
        Given<Formation> given = Formation.decode("F", Bytes.utf8(text));
        return assertInstanceOf(Given.Bad.class, given, given.toString()).sentence();
    }

    private static String text() {
        return THREE.encode().utf8();
    }

    @Test
    @DisplayName("is the text that the document shows, and is read back")
    void readable() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/format.md"))) {
            folder = folder.getParent();
        }
        String document = Files.readString(folder.resolve("docs/format.md"));
        assertTrue(document.contains("```\n" + text() + "```\n"), text());
        assertEquals(new Given.Good<>(THREE), Formation.decode("F", THREE.encode()));
        assertEquals(Membership.founded(List.of(1, 2, 3), 1, THREE.founderDisk()), THREE.membership());
    }

    @Test
    @DisplayName("what is wrong is said in one sentence about the file")
    void refusals() {
        String changed = "F was damaged or changed after it was made; take the file as it was, addresses can be changed"
                + " by --peers";
        assertEquals("F is no formation of a cluster", refusal(""));
        assertEquals("F is no formation of a cluster", refusal("peers = 1=a:1\n"));
        assertEquals("F is no formation of a cluster", refusal("x".repeat(Formation.BYTES_MAX + 1)));
        assertEquals(
                "F is a formation of another version than 1",
                refusal(text().replace("holdfast-formation = 1", "holdfast-formation = 2")));
        assertEquals(changed, refusal(text().replace("10.0.0.2", "10.0.0.9")));
        assertEquals(changed, refusal(text().replace("\n", "\r\n").replace("formation = 1\r", "formation = 1")));
        assertEquals(changed, refusal(text() + "\n"));
        assertEquals(changed, refusal(text().replaceFirst("#.*\n", "")));
        assertEquals(changed, refusal(text().replaceFirst("voter.3 .*\n", "")));
    }

    @Test
    @DisplayName("noise and damage raise nothing, and nothing but the text itself is taken for it")
    void fuzz() {
        SplittableRandom random = new SplittableRandom(20_261_130);
        byte[] whole = THREE.encode().toArray();
        for (int i = 0; i < DAMAGES; i++) {
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
            for (int damage = random.nextInt(3); damage >= 0 && bytes.length > 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(random.nextBoolean() ? 256 : 64);
            }
            Given<Formation> given = Formation.decode("F", Bytes.wrap(bytes));
            if (Arrays.equals(bytes, whole)) {
                assertEquals(new Given.Good<>(THREE), given);
            } else {
                String sentence = assertInstanceOf(Given.Bad.class, given, given.toString()).sentence();
                assertTrue(sentence.startsWith("F ") && sentence.indexOf('\n') < 0, sentence);
            }
        }
    }
}
