package holdfast.raft;

import holdfast.Bytes;
import holdfast.Check;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Who takes part. Version 1 knows a fixed set of voters; the format already has room for the second set of
/// joint consensus and for learners (thesis §4.2, §4.3), both empty today.
///
/// Ids are positive and ascending; an even number of voters is refused: it tolerates no more failures than
/// the odd number below it and splits votes.
public record Membership(List<Integer> voters) {

    public static final int VOTERS_MAX = 7;

    private static final byte VERSION = 1;

    public Membership {
        voters = List.copyOf(voters);
        for (int i = 0; i < voters.size(); i++) {
            Check.that(voters.get(i) > (i == 0 ? 0 : voters.get(i - 1)), "voter ids are positive and ascending");
        }
    }

    public static Membership ofSize(int nodes) {
        return new Membership(java.util.stream.IntStream.rangeClosed(1, nodes).boxed().toList());
    }

    /// Why this set cannot run, in one sentence, or empty if it can.
    public static String refusal(int voters) {
        return voters >= 1 && voters <= VOTERS_MAX && voters % 2 == 1
                ? ""
                : "a cluster has 1, 3, 5 or 7 voters, not " + voters;
    }

    public int majority() {
        return voters.size() / 2 + 1;
    }

    public boolean isVoter(int node) {
        return voters.contains(node);
    }

    /// `version u8, voters u8, joint u8 = 0, learners u8 = 0, then each id as u32`, little-endian.
    public Bytes encode() {
        ByteBuffer out = ByteBuffer.allocate(4 + 4 * voters.size()).order(ByteOrder.LITTLE_ENDIAN);
        out.put(VERSION).put((byte) voters.size()).put((byte) 0).put((byte) 0);
        for (int voter : voters) {
            out.putInt(voter);
        }
        return Bytes.wrap(out.array());
    }

    public static Membership decode(Bytes payload) {
        ByteBuffer in = payload.buffer();
        Check.that(in.get() == VERSION, "membership is of version 1");
        int count = in.get();
        Check.that(in.get() == 0 && in.get() == 0, "no joint set and no learners in version 1");
        java.util.ArrayList<Integer> voters = new java.util.ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            voters.add(in.getInt());
        }
        return new Membership(voters);
    }
}
