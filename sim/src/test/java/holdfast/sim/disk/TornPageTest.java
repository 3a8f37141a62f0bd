package holdfast.sim.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.env.DiskResult;
import holdfast.sim.kernel.Entropy;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A power cut tears a write where its old and its new page differ, however few bytes those are.
class TornPageTest {

    private static final int SEEDS = 600;
    private static final int AT = 100;

    /// A page of A, durable, of which the bytes `[at, at + length)` became B for each range; after the power cut, these
    /// bytes as letters, ranges apart, and how often each was seen.
    private static TreeMap<String, Integer> remains(FsProfile profile, int length, int... at) {
        TreeMap<String, Integer> seen = new TreeMap<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimFileSystem fs = new SimFileSystem(3, profile, new Entropy(seed));
            OpenFile file = fs.openOrCreate("META.A");
            fs.write(file, 0, DiskScript.page('A'));
            fs.sync(file);
            fs.syncDirectory();
            for (int begin : at) {
                fs.write(file, begin, DiskScript.page('B').slice(0, length));
            }
            fs = PowerCut.of(fs, seed, PowerCutKeep.ANY);
            Bytes page = ((DiskResult.Data) fs.read(fs.open("META.A"), 0, Page.SIZE)).bytes();
            StringBuilder letters = new StringBuilder();
            for (int begin : at) {
                letters.append(letters.isEmpty() ? "" : " ");
                for (int i = 0; i < length; i++) {
                    letters.append((char) page.get(begin + i));
                }
            }
            seen.merge(letters.toString(), 1, Integer::sum);
        }
        return seen;
    }

    @Test
    @DisplayName("where bytes tear, a change of five bytes tears between any two of them")
    void shortChange() {
        TreeMap<String, Integer> seen = remains(FsProfiles.HOSTILE, 5, AT);
        TreeSet<String> expected = new TreeSet<>(List.of("AAAAA", "BAAAA", "BBAAA", "BBBAA", "BBBBA", "BBBBB"));
        assertEquals(expected, seen.keySet());
        int torn = SEEDS - seen.get("AAAAA") - seen.get("BBBBB");
        assertTrue(torn > SEEDS / 20, torn + " of " + SEEDS);
    }

    @Test
    @DisplayName("one byte is there or not")
    void oneByte() {
        assertEquals(new TreeSet<>(List.of("A", "B")), remains(FsProfiles.HOSTILE, 1, AT).keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xfs", "ext4-ordered", "keep-dirty"})
    @DisplayName("where only sectors tear, a change within one is whole, and of two either may be alone")
    void sectors(String name) {
        FsProfile profile = FsProfiles.named(name);
        assertEquals(new TreeSet<>(List.of("AA", "BB")), remains(profile, 2, AT).keySet());
        assertEquals(
                new TreeSet<>(List.of("AA AA", "AA BB", "BB AA", "BB BB")),
                remains(profile, 2, AT, 5 * Page.SECTOR).keySet());
    }
}
