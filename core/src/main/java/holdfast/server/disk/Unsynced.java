package holdfast.server.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// What stood where something was written since its file was last synced: all that a power cut could bring back.
/// The worst case, in which nothing at all got out of the page cache by itself. Names are not taken back.
///
/// Used by tests of the real server only; it reads before every write.
final class Unsynced {

    private record Before(long position, byte[] bytes, long fileSize) {}

    private final Map<FileChannel, List<Before>> files = new IdentityHashMap<>();

    void writing(FileChannel file, long position, long length) throws IOException {
        long size = file.size();
        int kept = (int) Math.max(0, Math.min(length, size - position));
        ByteBuffer bytes = ByteBuffer.allocate(kept);
        while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) >= 0) {
            // A read may be short.
        }
        files.computeIfAbsent(file, _ -> new ArrayList<>()).add(new Before(position, bytes.array(), size));
    }

    void synced(FileChannel file) {
        files.remove(file);
    }

    void takeBack() throws IOException {
        for (Map.Entry<FileChannel, List<Before>> file : files.entrySet()) {
            for (Before before : file.getValue().reversed()) {
                if (file.getKey().isOpen()) {
                    file.getKey().write(ByteBuffer.wrap(before.bytes()), before.position());
                    file.getKey().truncate(before.fileSize());
                }
            }
        }
        files.clear();
    }
}
