package holdfast.raft;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Digest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/// Who takes part: a fixed set of voters, each bound to one disk. The format already has room for the second set of
/// joint consensus and for learners (thesis §4.2, §4.3), both empty today.
///
/// A store begins with one bound voter, the *founder*, and is *forming* until a majority of the voters is bound. Only the
/// founder can lead meanwhile, its own disk is the whole quorum, and no command is taken. So a machine that was formatted
/// a second time cannot form another store with voters that have not heard of the first one: they all wait for the founder.
///
/// Ids are positive and ascending; an even number of voters is refused: it tolerates no more failures than
/// the odd number below it and splits votes.
public record Membership(List<Member> members) {

    public static final int VOTERS_MAX = 7;

    private static final byte VERSION = 2;
    private static final int HEADER_BYTES = 4;
    private static final int MEMBER_BYTES = Integer.BYTES + Digest.BYTES + Long.BYTES;

    public Membership {
        members = List.copyOf(members);
        Check.that(areInOrder(members), "voter ids are ascending");
        Check.that(areDisksSound(members), "each disk belongs to one voter, and somebody is bound");
    }

    private static boolean areInOrder(List<Member> members) {
        for (int i = 1; i < members.size(); i++) {
            if (members.get(i).id() <= members.get(i - 1).id()) {
                return false;
            }
        }
        return true;
    }

    private static boolean areDisksSound(List<Member> members) {
        int bound = 0;
        for (int i = 0; i < members.size(); i++) {
            bound += members.get(i).isBound() ? 1 : 0;
            for (int j = 0; j < i; j++) {
                if (members.get(j).isOn(members.get(i).disk())) {
                    return false;
                }
            }
        }
        return bound > 0;
    }

    /// The membership that a store is formatted with: the same on every voter.
    public static Membership founded(List<Integer> voters, int founder, Digest disk) {
        Check.that(voters.contains(founder), "the founder is a voter", founder, voters.size());
        return new Membership(voters.stream()
                .map(id -> id == founder ? new Member(id, disk, 0) : Member.unbound(id))
                .toList());
    }

    /// Why this set cannot run, in one sentence, or empty if it can.
    public static String refusal(int voters) {
        return voters >= 1 && voters <= VOTERS_MAX && voters % 2 == 1
                ? ""
                : "a cluster has 1, 3, 5 or 7 voters, not " + voters;
    }

    // ---- who counts ----------------------------------------------------------------------------------------

    /// Ids, ascending.
    public List<Integer> voters() {
        return members.stream().map(Member::id).toList();
    }

    public boolean isVoter(int node) {
        return member(node) != null;
    }

    /// The voter of this id, or null.
    public Member member(int node) {
        for (Member member : members) {
            if (member.id() == node) {
                return member;
            }
        }
        return null;
    }

    /// More than half of all voters, bound or not.
    public int majority() {
        return members.size() / 2 + 1;
    }

    private int bound() {
        int bound = 0;
        for (Member member : members) {
            bound += member.isBound() ? 1 : 0;
        }
        return bound;
    }

    /// Whether the founder still waits to hear a majority.
    public boolean isForming() {
        return bound() < majority();
    }

    /// How many must agree: a majority of all voters, or the founder alone while the store is forming.
    public int quorum() {
        return isForming() ? bound() : majority();
    }

    /// Whether what the sender votes and confirms counts: it is on the disk that its id is bound to, and, if that disk took
    /// the place of another one, its log holds the entry that says so.
    public boolean counts(Sender sender) {
        Member member = member(sender.id());
        return member != null && member.isOn(sender.disk()) && sender.since() >= member.since();
    }

    /// The highest number that a quorum has reached: the order statistic behind every "a majority has ...". Voters without a
    /// disk have reached nothing.
    ///
    /// @param reached how far each voter is; asked once for each that has a disk
    public long reachedByQuorum(IntToLongFunction reached) {
        long[] values = new long[bound()];
        int count = 0;
        for (Member member : members) {
            if (member.isBound()) {
                values[count++] = reached.applyAsLong(member.id());
            }
        }
        Arrays.sort(values);
        return values[values.length - quorum()];
    }

    // ---- what may change -----------------------------------------------------------------------------------

    /// The same voters; those that had no disk are bound to the ones that were heard. A disk belongs to one voter: whoever
    /// else speaks from it stays without one.
    Membership bind(Map<Integer, Digest> heard) {
        ArrayList<Member> next = new ArrayList<>(members);
        for (int i = 0; i < next.size(); i++) {
            Member member = next.get(i);
            Digest disk = heard.getOrDefault(member.id(), Digest.ZERO);
            if (!member.isBound() && next.stream().noneMatch(other -> other.isOn(disk))) {
                next.set(i, new Member(member.id(), disk, 0));
            }
        }
        return new Membership(next);
    }

    /// The same voters, one of them on another disk, by the entry at `index`.
    Membership replace(int node, Digest disk, long index) {
        return new Membership(members.stream()
                .map(member -> member.id() == node ? new Member(node, disk, index) : member)
                .toList());
    }

    boolean hasDisk(Digest disk) {
        return members.stream().anyMatch(member -> member.isOn(disk));
    }

    // ---- bytes ---------------------------------------------------------------------------------------------

    /// `version u8, voters u8, joint u8 = 0, learners u8 = 0`, then for each voter `id u32, disk 2 * u64, since u64`,
    /// little-endian.
    public Bytes encode() {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + MEMBER_BYTES * members.size()).order(ByteOrder.LITTLE_ENDIAN);
        out.put(VERSION).put((byte) members.size()).put((byte) 0).put((byte) 0);
        for (Member member : members) {
            out.putInt(member.id()).putLong(member.disk().high()).putLong(member.disk().low()).putLong(member.since());
        }
        return Bytes.wrap(out.array());
    }

    /// The membership, or null if these bytes are none: they may come from a peer.
    public static Membership decode(Bytes payload) {
        ByteBuffer in = payload.buffer();
        if (payload.size() < HEADER_BYTES || in.get() != VERSION) {
            return null;
        }
        int count = in.get();
        if (!refusal(count).isEmpty() || in.getShort() != 0 || in.remaining() != count * MEMBER_BYTES) {
            return null;
        }
        ArrayList<Member> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int id = in.getInt();
            Digest disk = new Digest(in.getLong(), in.getLong());
            long since = in.getLong();
            if (id <= 0 || since < 0) {
                return null;
            }
            members.add(new Member(id, disk, since));
        }
        return areInOrder(members) && areDisksSound(members) ? new Membership(members) : null;
    }
}
