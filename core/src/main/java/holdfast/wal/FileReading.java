package holdfast.wal;

import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import java.util.BitSet;
import java.util.function.Consumer;

/// Reads a file in large pieces. A piece that cannot be read is tried again block by block, so that one bad
/// sector hides no more than its block.
final class FileReading {

    private static final int PIECE_BYTES = 1 << 20;

    private final Dialogue dialogue;
    private final String file;
    private final byte[] bytes;
    private final BitSet unreadable = new BitSet();
    private final Consumer<FileContent> then;

    private FileReading(Dialogue dialogue, String file, int length, Consumer<FileContent> then) {
        this.dialogue = dialogue;
        this.file = file;
        this.bytes = new byte[length];
        this.then = then;
    }

    /// Reads `[0, length)`.
    static void read(Dialogue dialogue, String file, int length, Consumer<FileContent> then) {
        new FileReading(dialogue, file, length, then).readFrom(0, PIECE_BYTES);
    }

    private void readFrom(int position, int pieceBytes) {
        if (position == bytes.length) {
            then.accept(new FileContent(file, bytes, unreadable));
            return;
        }
        int length = Math.min(pieceBytes, bytes.length - position);
        dialogue.ask(id -> new DiskOp.Read(id, file, position, length), result -> took(position, length, result));
    }

    private void took(int position, int length, DiskResult result) {
        switch (result) {
            case DiskResult.Data data when data.bytes().size() == length -> {
                data.bytes().copyTo(bytes, position);
                goOn(position + length, length);
            }
            case DiskResult.Failed failure -> {
                if (length <= Raw.BLOCK && failure.reason() != DiskResult.Reason.NOT_FOUND) {
                    dialogue.couldNotRead(failure);
                }
                tryBlocks(position, length);
            }
            case DiskResult.Data _ -> tryBlocks(position, length);
            case DiskResult.Done _, DiskResult.Listing _ -> throw new IllegalStateException("no read ends so");
        }
    }

    private void tryBlocks(int position, int length) {
        if (length > Raw.BLOCK) {
            readFrom(position, Raw.BLOCK);
        } else {
            unreadable.set(position / Raw.BLOCK);
            goOn(position + length, length);
        }
    }

    /// Back to large pieces at the next place where one begins.
    private void goOn(int position, int length) {
        readFrom(position, length <= Raw.BLOCK && position % PIECE_BYTES != 0 ? Raw.BLOCK : PIECE_BYTES);
    }
}
