package holdfast.server.config;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.raft.Membership;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// What all nodes of a cluster are formed from: drawn once, on the founder's machine, and carried to the others as a
/// file. Its bytes are described in `docs/format.md`.
///
/// @param cluster the cluster's identity, drawn; nodes of different clusters do not speak
/// @param name what people call the cluster; it identifies nothing
/// @param founder the node on whose machine this was drawn
/// @param founderDisk the founder's disk; the disks of the others are not known yet
/// @param voters every voter, and where it listens for the others
public record Formation(
        Digest cluster, String name, int founder, Digest founderDisk, SortedMap<Integer, HostPort> voters) {

    /// A formation has one line for each voter and six others.
    public static final int BYTES_MAX = 8 << 10;

    /// Bound on a name's characters.
    private static final int NAME_CHARACTERS_MAX = 64;

    private static final String VERSION = "1";
    private static final String COMMENT = "# A Holdfast cluster. Carry this file to each of its machines, and change"
            + " nothing in it: ./holdfast help format";
    private static final String CHECK = "check";

    public Formation {
        voters = Collections.unmodifiableSortedMap(new TreeMap<>(voters));
    }

    /// What every log of this cluster begins with.
    public Membership membership() {
        return Membership.founded(voterIds(), founder, founderDisk);
    }

    public List<Integer> voterIds() {
        return List.copyOf(voters.keySet());
    }

    /// Why this is no name for a cluster, as the end of a sentence, or empty.
    public static String nameRefusal(String name) {
        return name.matches("[a-zA-Z0-9._-]{1," + NAME_CHARACTERS_MAX + "}")
                ? ""
                : "is 1 to " + NAME_CHARACTERS_MAX + " of a-z A-Z 0-9 . _ -, not '" + name + "'";
    }

    // ---- text ----------------------------------------------------------------------------------------------

    public Bytes encode() {
        StringBuilder text = new StringBuilder(COMMENT).append('\n');
        line(text, "holdfast-formation", VERSION);
        line(text, "cluster", cluster.toString());
        line(text, "name", name);
        line(text, "founder", Integer.toString(founder));
        line(text, "founder-disk", founderDisk.toString());
        voters.forEach((id, address) -> line(text, "voter." + id, address.toString()));
        line(text, CHECK, check(text));
        return Bytes.utf8(text.toString());
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(" = ").append(value).append('\n');
    }

    private static String check(CharSequence lines) {
        CRC32C crc = new CRC32C();
        crc.update(Bytes.utf8(lines.toString()).buffer());
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /// Reads a formation, or says in one sentence, of which `file` is the subject, why it is none. Nothing but the
    /// exact text of a formation is one: whoever changed it has made another cluster.
    public static Given<Formation> decode(String file, Bytes bytes) {
        String text = bytes.size() > BYTES_MAX ? "" : bytes.utf8();
        TreeMap<String, String> values = new TreeMap<>();
        for (String line : text.split("\n")) {
            int equals = line.indexOf(" = ");
            if (equals > 0 && !line.startsWith("#")) {
                values.put(line.substring(0, equals), line.substring(equals + " = ".length()));
            }
        }
        if (!values.containsKey("holdfast-formation")) {
            return new Given.Bad<>(file + " is no formation of a cluster");
        }
        if (!values.get("holdfast-formation").equals(VERSION)) {
            return new Given.Bad<>(file + " is a formation of another version than " + VERSION);
        }
        Formation read = read(values);
        return read != null && read.encode().equals(bytes)
                ? new Given.Good<>(read)
                : new Given.Bad<>(file + " was damaged or changed after it was made; take the file as it was, addresses"
                        + " can be changed by --peers");
    }

    /// Null if a value is none.
    private static Formation read(TreeMap<String, String> values) {
        Digest cluster = digest(values.getOrDefault("cluster", ""));
        Digest disk = digest(values.getOrDefault("founder-disk", ""));
        long founder = Sizes.digits(values.getOrDefault("founder", ""));
        TreeMap<Integer, HostPort> voters = new TreeMap<>();
        for (String name : values.tailMap("voter.").keySet()) {
            long id = name.startsWith("voter.") ? Sizes.digits(name.substring("voter.".length())) : -1;
            HostPort address = HostPort.parse(values.get(name));
            if (id < 1 || id > Integer.MAX_VALUE || address == null) {
                return null;
            }
            voters.put((int) id, address);
        }
        String name = values.getOrDefault("name", "");
        boolean isWhole = nameRefusal(name).isEmpty() && cluster != null && disk != null
                && Membership.refusal(voters.size()).isEmpty()
                && founder <= Integer.MAX_VALUE && voters.containsKey((int) founder);
        return isWhole ? new Formation(cluster, name, (int) founder, disk, voters) : null;
    }

    private static Digest digest(String hex) {
        if (!hex.matches("[0-9a-f]{32}")) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        return new Digest(in.getLong(), in.getLong());
    }
}
