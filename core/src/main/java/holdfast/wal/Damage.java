package holdfast.wal;

import holdfast.env.DiskResult;
import java.util.StringJoiner;

/// What is wrong where, in words that can be acted upon. Damage is reported, never repaired by leaving something
/// out: an entry that was acknowledged from here may exist nowhere else.
///
/// @param position where in the file, or [#WHOLE]
/// @param what batch, entries and evidence, as far as they are known
public record Damage(String file, long position, String what) {

    /// It is the file that is wrong, not a place in it.
    static final long WHOLE = -1;

    /// @param node whose store it is
    String report(int node) {
        return file + (position == WHOLE ? ": " : " is damaged at position " + position + ": ") + what
                + ". Nothing was changed. Keep the file, and let the other nodes go on without this one; what it"
                + " has lost is on a majority of them. To give it an empty disk, see " + adviceFor(node) + ".";
    }

    /// Where it is said how a node goes on after its store was lost; node 0 is one whose number is not known.
    public static String adviceFor(int node) {
        String number = node == 0 ? "N" : Integer.toString(node);
        return "'./holdfast replace-disk " + number + "' and docs/operate/replace-a-disk.md";
    }

    /// The names in a listing, for a report.
    static String namesIn(DiskResult result) {
        return switch (result) {
            case DiskResult.Listing listing -> {
                StringJoiner names = new StringJoiner(", ");
                for (DiskResult.FileInfo file : listing.files()) {
                    names.add(file.name());
                }
                yield names.toString();
            }
            case DiskResult.Failed failed -> failed.detail();
            case DiskResult.Done _, DiskResult.Data _ -> throw new IllegalStateException("no listing ends so");
        };
    }
}
