package holdfast.wal;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.Hasher;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.raft.EntryType;
import holdfast.raft.HardState;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Membership;
import java.util.ArrayList;
import java.util.List;

/// From an empty directory to a store: the only way in which one comes into being. A start never does this; a node
/// whose directory is suddenly empty has lost what it promised, and must not take part as if it had promised nothing.
///
/// ```
/// FORMATION  what the operator was told, if there is anything to keep
/// segment    the log's first entry: the membership
/// META       term 0, no vote
/// IDENT      whose store this is; with it, and not before, the directory is a store
/// ```
///
/// Each step is durable before the next. A crash leaves a directory without IDENT, in which formatting can be begun
/// again, or a complete store. Nothing that is not the rest of an unfinished formatting is ever overwritten.
public final class Formatting implements DiskWork {

    /// Size of the segment that a formatting makes: header, one block of descriptors, one batch of one block. A start
    /// goes on in a larger one.
    public static final int SEGMENT_BYTES = SegmentHeader.COPIES_BYTES + 2 * Raw.BLOCK;

    private static final int DESCRIPTOR_SLOTS = Raw.BLOCK / Descriptor.BYTES;

    /// How a formatting ended.
    public sealed interface Outcome {

        /// The store is complete and durable.
        record Formatted() implements Outcome {}

        /// The directory holds a store, or files of somebody else. No byte of it was changed.
        record Refused(String report) implements Outcome {}

        /// The disk refused an operation. The directory holds no store; formatting can be begun again.
        record Failed(String report) implements Outcome {}
    }

    private final StoreId owner;
    private final Membership first;
    private final Bytes formation;
    private final Dialogue dialogue = new Dialogue();
    private StoreListing files;
    private Outcome outcome;

    /// @param owner cluster, node and a disk id that was never used before
    /// @param first the membership that the log begins with, the same on all nodes
    /// @param formation text that is kept in the file FORMATION for whoever starts the node; empty for no such file
    public Formatting(StoreId owner, Membership first, Bytes formation) {
        this.owner = owner;
        this.first = first;
        this.formation = formation;
    }

    @Override
    public void start(DiskOut disk) {
        dialogue.enter(disk);
        dialogue.ask(DiskOp.List::new, this::listed);
    }

    @Override
    public boolean owns(long id) {
        return dialogue.owns(id);
    }

    @Override
    public void onDone(long id, DiskResult result, DiskOut disk) {
        dialogue.enter(disk);
        dialogue.answered(result);
    }

    @Override
    public boolean isOver() {
        return outcome != null;
    }

    /// Null until there is one.
    public Outcome outcome() {
        return outcome;
    }

    private void listed(DiskResult result) {
        switch (result) {
            case DiskResult.Listing listing -> {
                files = new StoreListing(listing);
                if (files.has(StoreFiles.IDENT)) {
                    refuse("it holds a store already");
                } else {
                    MetaPair.read(dialogue, files, this::formatIfBlank);
                }
            }
            case DiskResult.Failed failure -> failed(failure);
            case DiskResult.Done _, DiskResult.Data _ -> throw new IllegalStateException("no listing ends so");
        }
    }

    private void formatIfBlank(MetaPair meta) {
        switch (Blankness.of(files, meta)) {
            case Blankness.Used(String by) -> refuse("it held a store, and " + by + " is left of it");
            case Blankness.Foreign(List<String> names) -> refuse("it is not empty: " + String.join(", ", names));
            case Blankness.Begun _, Blankness.Empty _ -> format();
        }
    }

    private void format() {
        SegmentHeader header = new SegmentHeader(
                owner, files.highestSegSeq() + 1, 0, 0, 0, LogPosition.ORIGIN,
                SEGMENT_BYTES, DESCRIPTOR_SLOTS, Raw.BLOCK);
        LogEntry entry = LogEntry.following(new Hasher(), Digest.ZERO, 1, 0, EntryType.CONFIG, first.encode());
        Frame frame = new Frame(
                FrameKind.CONFIG, entry.type().ordinal(), 1, header.dataPosition(), entry.index(), entry.term(),
                entry.payload(), entry.hash(), entry.chain());
        NewTail tail = new NewTail(header, List.of(frame), null, new Places(LogPosition.ORIGIN.index()));
        MetaRecord record = new MetaRecord(owner, 1, HardState.INITIAL, header.segSeq());
        Chain chain = new Chain();
        leftovers().forEach(chain::delete);
        if (formation.size() > 0) {
            create(StoreFiles.FORMATION, formation, chain);
        }
        tail.write(chain);
        MetaWriter.rewrite(chain, record, StoreFiles.META_A, StoreFiles.META_B);
        chain.syncDirectory();
        create(StoreFiles.IDENT, new IdentRecord(owner, record.hardState().term()).encode(), chain);
        chain.syncDirectory();
        dialogue.run(chain, () -> outcome = new Outcome.Formatted(), this::failed);
    }

    /// What an unfinished formatting has left.
    private List<String> leftovers() {
        List<String> names = new ArrayList<>(files.unfinished());
        files.segmentBytes().keySet().forEach(segSeq -> names.add(StoreFiles.segment(segSeq)));
        return names;
    }

    private static void create(String name, Bytes content, Chain chain) {
        String unfinished = StoreFiles.unfinished(name);
        chain.write(unfinished, 0, content).sync(unfinished).rename(unfinished, name);
    }

    private void refuse(String why) {
        outcome = new Outcome.Refused("the directory cannot become a store, because " + why + ". Nothing was changed.");
    }

    private void failed(DiskResult.Failed failure) {
        outcome = new Outcome.Failed("the disk refused an operation while the store was made: " + failure.detail()
                + ". The directory holds no store.");
    }
}
