package holdfast.sim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/// Trace hashes of seeds as a file, so that two JVMs with different flags can be compared: a first line that
/// names the universes, then one line per seed.
final class TraceHashes {

    private final TreeMap<Long, String> hashes = new TreeMap<>();
    private final String universes;

    TraceHashes(String universes) {
        this.universes = universes;
    }

    void put(long seed, long hash) {
        hashes.put(seed, HexFormat.of().toHexDigits(hash));
    }

    /// What is wrong with a hash; empty if it is the one in the file.
    String differenceOf(long seed, long hash) {
        String here = HexFormat.of().toHexDigits(hash);
        String there = hashes.get(seed);
        if (there == null) {
            return "the file of hashes has none for this seed";
        }
        return there.equals(here) ? "" : "trace hash " + here + ", in the other JVM " + there;
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(universes);
        hashes.forEach((seed, hash) -> lines.add(seed + " " + hash));
        Files.write(file, lines);
    }

    static Input<TraceHashes> read(Path file, String universes) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty() || !lines.getFirst().equals(universes)) {
                return new Input.Bad<>(file + " does not hold the hashes of " + universes
                        + "; write it with the same --nodes, --faults and --profile");
            }
            TraceHashes read = new TraceHashes(universes);
            for (String line : lines.subList(1, lines.size())) {
                if (!line.matches("[0-9]{1,18} [0-9a-f]{16}")) {
                    return new Input.Bad<>(file + ": expected lines like '17 0123456789abcdef', found '" + line + "'");
                }
                read.hashes.put(Long.parseLong(line.substring(0, line.indexOf(' '))), line.substring(line.indexOf(' ') + 1));
            }
            return new Input.Good<>(read);
        } catch (IOException unreadable) {
            return new Input.Bad<>("cannot read the hashes " + Failures.of(unreadable));
        }
    }
}
