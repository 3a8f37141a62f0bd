package holdfast.wal;

import java.util.function.Consumer;

/// The two copies of term, vote and tail as a start finds them; null where there is none to be believed.
record MetaPair(MetaRecord first, MetaRecord second) {

    static void read(Dialogue dialogue, StoreListing files, Consumer<MetaPair> then) {
        read(dialogue, files, StoreFiles.META_A, first ->
                read(dialogue, files, StoreFiles.META_B, second -> then.accept(new MetaPair(first, second))));
    }

    private static void read(Dialogue dialogue, StoreListing files, String name, Consumer<MetaRecord> then) {
        int length = (int) Math.min(files.size(name), MetaRecord.FILE_BYTES);
        FileReading.read(dialogue, name, length, content -> then.accept(MetaRecord.decode(content.bytes())));
    }

    /// The one that counts, or null. Whatever was acted upon stands in both copies, or in one and a newer one.
    MetaRecord newest() {
        if (first == null || (second != null && second.seq() > first.seq())) {
            return second;
        }
        return first;
    }

    /// The newest segment that a copy names, or may name again after a power cut: what is on the medium is older than what is
    /// read, and a copy only ever names newer ones. Nobody knows what one that cannot be believed has said before.
    long lastNamed() {
        return isComplete() ? Math.max(first.tailSegSeq(), second.tailSegSeq()) : Long.MAX_VALUE;
    }

    boolean isComplete() {
        return first != null && second != null;
    }

    /// Whether the rewriting of this start begins with the first copy. It begins with the one that can be spared: a
    /// broken one, else the newer one, which may be in the page cache only.
    boolean isFirstRewrittenFirst() {
        return first == null || (second != null && first.seq() >= second.seq());
    }

    /// Whether both are free of promises, as after a formatting that was not finished.
    boolean isBlank() {
        return isBlank(first) && isBlank(second);
    }

    private static boolean isBlank(MetaRecord copy) {
        return copy == null || copy.hardState().term() == 0;
    }
}
