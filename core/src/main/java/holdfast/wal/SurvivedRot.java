package holdfast.wal;

import java.util.ArrayDeque;
import java.util.List;

/// Damage that was met and survived, for whoever looks after the disk: a copy that does not verify while the other one
/// does, an old record that cannot be read back. A disk that has begun to rot is worth knowing before the other copy goes.
public final class SurvivedRot {

    /// So many are kept in words; the rest is only counted.
    public static final int KEPT_MAX = 16;

    private final ArrayDeque<String> latest = new ArrayDeque<>();
    private long count;
    private long sentences;

    /// @param sentence which file, where, and what was done about it
    public void found(String sentence) {
        count++;
        if (latest.contains(sentence)) {
            return;
        }
        if (latest.size() == KEPT_MAX) {
            latest.removeFirst();
        }
        latest.addLast(sentence);
        sentences++;
    }

    /// How often since the node started.
    public long count() {
        return count;
    }

    /// How many sentences there have been, also those that are not kept any more.
    public long sentences() {
        return sentences;
    }

    /// The newest ones, oldest first.
    public List<String> latest() {
        return List.copyOf(latest);
    }
}
