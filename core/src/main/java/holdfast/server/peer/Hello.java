package holdfast.server.peer;

import holdfast.Bytes;
import holdfast.Digest;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The first frame in each direction of a connection: who speaks to whom. Whoever will not listen answers with a
/// refusal instead (magic "HFNO" and a sentence) and hangs up.
///
/// ```
/// 0 magic "HFPN"   8 cluster 16   28 to u32    48 since u64     64 lane u16     68 http UTF-8
/// 4 version u32   24 from u32     32 disk 16   56 session u64   66 length u16
/// ```
///
/// @param cluster names the cluster; nodes of two clusters never exchange a word
/// @param from the speaker
/// @param to whom the speaker believes to have reached: a wrong address in a configuration shows here
/// @param disk the speaker's disk, so that a node that lost its disk and came back empty is not taken for the old
///     one (Raft thesis §3.8)
/// @param since by the speaker's log, the index of the entry that put this disk in the place of another one; 0 for a voter's
///     first disk
/// @param session drawn when the speaker's process started: a new one says that connections to the old one are dead
/// @param lane which of the two connections between these nodes this is
/// @param http where the speaker answers HTTP, as `host:port`
record Hello(
        Digest cluster, int from, int to, Digest disk, long since, long session, Lane lane, String http) {

    static final int VERSION = 3;
    static final int HTTP_BYTES_MAX = 255;

    private static final int MAGIC = 'H' | 'F' << 8 | 'P' << 16 | 'N' << 24;
    private static final int REFUSAL_MAGIC = 'H' | 'F' << 8 | 'N' << 16 | 'O' << 24;
    private static final int FIXED_BYTES = 68;
    private static final int SENTENCE_BYTES_MAX = 1024;

    Bytes encode() {
        byte[] address = http.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(FIXED_BYTES + address.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putInt(VERSION).putLong(cluster.high()).putLong(cluster.low());
        out.putInt(from).putInt(to).putLong(disk.high()).putLong(disk.low()).putLong(since);
        out.putLong(session).putShort((short) lane.ordinal());
        out.putShort((short) address.length).put(address);
        return Bytes.wrap(out.array());
    }

    static Bytes refusal(String sentence) {
        byte[] text = sentence.getBytes(StandardCharsets.UTF_8);
        int bytes = Math.min(text.length, SENTENCE_BYTES_MAX);
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES + bytes)
                .order(ByteOrder.LITTLE_ENDIAN).putInt(REFUSAL_MAGIC).put(text, 0, bytes).array());
    }

    /// What a first frame turns out to be.
    sealed interface Heard {

        record Said(Hello hello) implements Heard {}

        /// The other side will not listen, and says why.
        record Refused(String sentence) implements Heard {}

        record Unreadable(String sentence) implements Heard {}
    }

    static Heard decode(Bytes frame) {
        ByteBuffer in = frame.buffer();
        try {
            int magic = in.getInt();
            if (magic == REFUSAL_MAGIC && in.remaining() <= SENTENCE_BYTES_MAX) {
                return new Heard.Refused(frame.slice(Integer.BYTES, frame.size()).utf8());
            }
            if (magic != MAGIC) {
                return new Heard.Unreadable("it does not speak this protocol");
            }
            int version = in.getInt();
            if (version != VERSION) {
                return new Heard.Unreadable("it speaks version " + Integer.toUnsignedString(version)
                        + " of the protocol and this node version " + VERSION);
            }
            Digest cluster = new Digest(in.getLong(), in.getLong());
            int from = in.getInt();
            int to = in.getInt();
            Digest disk = new Digest(in.getLong(), in.getLong());
            long since = in.getLong();
            long session = in.getLong();
            Lane lane = Lane.numbered(Short.toUnsignedInt(in.getShort()));
            int length = Short.toUnsignedInt(in.getShort());
            if (lane == null || length > HTTP_BYTES_MAX || length != in.remaining()) {
                return new Heard.Unreadable("its first words are damaged");
            }
            byte[] address = new byte[length];
            in.get(address);
            String http = new String(address, StandardCharsets.UTF_8);
            return new Heard.Said(new Hello(cluster, from, to, disk, since, session, lane, http));
        } catch (BufferUnderflowException tooShort) {
            return new Heard.Unreadable("its first words are too short");
        }
    }
}
