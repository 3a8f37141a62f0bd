package holdfast.node;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.stream.Command;
import holdfast.stream.CommandCodec;
import holdfast.stream.Outcome;
import holdfast.stream.OutcomeCodec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The bytes of a write that one node passes to another, and of the reply to it; version 1, little-endian.
/// Integrity and matching replies to requests are the transport's part; what cannot be read is refused here,
/// because a peer may run other code.
///
/// ```
/// request   version u8, command (CommandCodec)
/// reply     version u8, kind u8, then
///           1 applied      term u64, index u64, voters u16, each u32; outcome (OutcomeCodec)
///           2 not written  cause u8, leader u32
///           3 unknown      cause u8, leader u32
/// ```
public final class ClientCodec {

    private static final byte VERSION = 1;
    private static final int APPLIED = 1;
    private static final int NOT_WRITTEN = 2;
    private static final int UNKNOWN = 3;

    private static final int APPLIED_BYTES = 1 + 1 + 8 + 8 + 2;
    private static final int REFUSAL_BYTES = 1 + 1 + 1 + 4;
    private static final ClientReply.Cause[] CAUSES = ClientReply.Cause.values();

    private ClientCodec() {}

    public static Bytes encode(ClientRequest.Write write) {
        return CommandCodec.encode(Bytes.wrap(new byte[] {VERSION}), write.command());
    }

    /// The write, or null if these bytes are none.
    public static ClientRequest.Write decodeWrite(Bytes bytes) {
        if (bytes.isEmpty() || bytes.get(0) != VERSION) {
            return null;
        }
        Command command = CommandCodec.decodeUntrusted(bytes.slice(1, bytes.size()));
        return command == null ? null : new ClientRequest.Write(command);
    }

    /// Only writes are passed on, so only their replies come back.
    public static Bytes encode(ClientReply reply) {
        return switch (reply) {
            case ClientReply.Applied applied -> encode(applied);
            case ClientReply.NotWritten n -> refusal(NOT_WRITTEN, n.cause(), n.leaderHint());
            case ClientReply.Unknown u -> refusal(UNKNOWN, u.cause(), u.leaderHint());
            case ClientReply.Records _, ClientReply.Tail _, ClientReply.NoSuchStream _, ClientReply.StreamGone _,
                    ClientReply.PastTail _, ClientReply.ReadFailed _, ClientReply.Accepted _,
                    ClientReply.DiskReplaced _ ->
                    throw new Check.InvariantBroken("no reply to a write: " + reply);
        };
    }

    private static Bytes encode(ClientReply.Applied applied) {
        List<Integer> voters = applied.receipt().syncedBy();
        int size = APPLIED_BYTES + Integer.BYTES * voters.size() + OutcomeCodec.encodedBytes(applied.outcome());
        ByteBuffer out = begin(size, APPLIED);
        out.putLong(applied.receipt().term()).putLong(applied.receipt().index()).putShort((short) voters.size());
        for (int voter : voters) {
            out.putInt(voter);
        }
        OutcomeCodec.encode(applied.outcome(), out);
        return Bytes.wrap(out.array());
    }

    private static Bytes refusal(int kind, ClientReply.Cause cause, int leader) {
        return Bytes.wrap(begin(REFUSAL_BYTES, kind).put((byte) cause.ordinal()).putInt(leader).array());
    }

    private static ByteBuffer begin(int size, int kind) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).put(VERSION).put((byte) kind);
    }

    /// The reply, or null if these bytes are none.
    public static ClientReply decodeReply(Bytes bytes) {
        ByteBuffer in = bytes.buffer();
        try {
            ClientReply reply = in.get() == VERSION ? readReply(in.get(), in) : null;
            return in.hasRemaining() ? null : reply;
        } catch (BufferUnderflowException _) {
            return null;
        }
    }

    private static ClientReply readReply(int kind, ByteBuffer in) {
        if (kind == APPLIED) {
            return readApplied(in);
        }
        int ordinal = in.get();
        int leader = in.getInt();
        if (ordinal < 0 || ordinal >= CAUSES.length) {
            return null;
        }
        return switch (kind) {
            case NOT_WRITTEN -> new ClientReply.NotWritten(CAUSES[ordinal], leader);
            case UNKNOWN -> new ClientReply.Unknown(CAUSES[ordinal], leader);
            default -> null;
        };
    }

    private static ClientReply readApplied(ByteBuffer in) {
        long term = in.getLong();
        long index = in.getLong();
        int voters = Short.toUnsignedInt(in.getShort());
        ArrayList<Integer> syncedBy = new ArrayList<>();
        for (int i = 0; i < voters; i++) {
            syncedBy.add(in.getInt());
        }
        Outcome outcome = OutcomeCodec.decode(in);
        return outcome == null
                ? null
                : new ClientReply.Applied(outcome, new ClientReply.Receipt(term, index, List.copyOf(syncedBy)));
    }
}
