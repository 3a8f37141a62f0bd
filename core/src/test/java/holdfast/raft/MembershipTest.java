package holdfast.raft;

import static holdfast.raft.Voters.disk;
import static holdfast.raft.Voters.sender;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Digest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private static final Digest NEW = new Digest(9, 9);
    private static final int MEMBER_BYTES = 28;

    private static Membership with(Membership membership, int at, int value) {
        byte[] bytes = membership.encode().toArray();
        bytes[at] = (byte) value;
        return Membership.decode(Bytes.wrap(bytes));
    }

    // ---- bytes ---------------------------------------------------------------------------------------------

    @Test
    @DisplayName("is read back as it was written: bound, unbound and replaced voters, one to seven")
    void roundTrip() {
        for (int voters = 1; voters <= Membership.VOTERS_MAX; voters += 2) {
            assertEquals(Voters.bound(voters), Membership.decode(Voters.bound(voters).encode()));
            assertEquals(Voters.founded(voters), Membership.decode(Voters.founded(voters).encode()));
            Membership replaced = Voters.bound(voters).replace(voters, NEW, Long.MAX_VALUE);
            assertEquals(replaced, Membership.decode(replaced.encode()));
        }
    }

    @Test
    @DisplayName("bytes that are cut, longer, of another version or with another set of voters are none")
    void malformed() {
        byte[] bytes = Voters.bound(3).encode().toArray();
        for (int size = 0; size < bytes.length; size++) {
            assertNull(Membership.decode(Bytes.copyOf(bytes, 0, size)), "cut to " + size);
        }
        assertNull(Membership.decode(Bytes.wrap(Arrays.copyOf(bytes, bytes.length + 1))));
        assertNull(with(Voters.bound(3), 0, 1), "the version before");
        for (int voters : new int[] {0, 1, 2, 4, 5, 9, -1}) {
            assertNull(with(Voters.bound(3), 1, voters), "voters " + voters);
        }
        assertNull(with(Voters.bound(3), 2, 1), "a second set");
        assertNull(with(Voters.bound(3), 3, 1), "learners");
    }

    @Test
    @DisplayName("even numbers of voters are none, also if the bytes are complete")
    void evenNumbers() {
        Membership two = new Membership(List.of(new Member(1, disk(1), 0), new Member(2, disk(2), 0)));
        assertNull(Membership.decode(two.encode()));
    }

    @Test
    @DisplayName("voters out of order or twice, ids and indexes below zero are none, and nothing is thrown")
    void foreignMembers() {
        int second = 4 + MEMBER_BYTES;
        assertNull(with(Voters.bound(3), second, 1), "twice");
        assertNull(with(Voters.bound(3), second, 9), "out of order");
        assertNull(with(Voters.bound(3), 4, 0), "zero");
        assertNull(with(Voters.bound(3), second + 3, 0x80), "an id below zero");
        assertNull(with(Voters.bound(3), second + MEMBER_BYTES - 1, 0x80), "an index below zero");
    }

    @Test
    @DisplayName("a disk that two voters claim, and voters of whom nobody has a disk, are none")
    void foreignDisks() {
        int lowOfSecond = 4 + MEMBER_BYTES + 4 + 8;
        assertNull(with(Voters.bound(3), lowOfSecond, 1), "the disk of the first");
        byte[] bytes = Voters.founded(3).encode().toArray();
        Arrays.fill(bytes, 8, 8 + Digest.BYTES, (byte) 0);
        assertNull(Membership.decode(Bytes.wrap(bytes)));
        assertThrows(Check.InvariantBroken.class, () -> new Membership(List.of(Member.unbound(1))));
    }

    // ---- counting ------------------------------------------------------------------------------------------

    @Test
    @DisplayName("while fewer than a majority are bound the founder is the quorum, then a majority of all voters")
    void quorum() {
        Membership founded = Voters.founded(5);
        assertTrue(founded.isForming());
        assertEquals(1, founded.quorum());
        assertEquals(3, founded.majority());
        Membership three = founded.bind(Map.of(2, disk(2), 4, disk(4)));
        assertFalse(three.isForming());
        assertEquals(3, three.quorum());
        assertEquals(3, Voters.bound(5).quorum());
        assertFalse(Voters.founded(1).isForming(), "a cluster of one is formed with its founder");
    }

    @Test
    @DisplayName("a quorum has reached what its slowest has; voters without a disk have come nowhere")
    void reachedByQuorum() {
        assertEquals(30, Voters.bound(5).reachedByQuorum(voter -> 10L * voter));
        assertEquals(40, Voters.bound(5).reachedByQuorum(voter -> voter == 3 ? 0 : 10L * (voter == 1 ? 6 : voter)));
        Membership three = Voters.founded(5).bind(Map.of(2, disk(2), 4, disk(4)));
        assertEquals(10, three.reachedByQuorum(voter -> voter == 3 || voter == 5 ? 1_000 : 10L * voter));
        Membership four = Voters.bound(5);
        four = new Membership(four.members().stream().map(m -> m.id() == 5 ? Member.unbound(5) : m).toList());
        assertEquals(20, four.reachedByQuorum(voter -> 10L * voter));
        assertEquals(7, Voters.founded(5).reachedByQuorum(voter -> voter == 1 ? 7 : 1_000));
    }

    @Test
    @DisplayName("who counts is on the bound disk; a replacement must know that it is one")
    void counts() {
        Membership membership = Voters.bound(3).replace(2, NEW, 12);
        assertTrue(membership.counts(sender(1)));
        assertFalse(membership.counts(sender(2)), "the replaced disk");
        assertFalse(membership.counts(new Sender(2, NEW, 0, 1)), "before it has heard of the entry");
        assertFalse(membership.counts(new Sender(2, NEW, 11, 1)));
        assertTrue(membership.counts(new Sender(2, NEW, 12, 1)));
        assertFalse(membership.counts(new Sender(4, disk(4), 12, 1)), "no voter");
        assertFalse(Voters.founded(3).counts(sender(2)), "no disk yet");
        assertFalse(Voters.founded(3).counts(new Sender(2, Digest.ZERO, 0, 1)), "no disk is no disk");
    }

    // ---- changes -------------------------------------------------------------------------------------------

    @Test
    @DisplayName("binding gives a disk to those who have none, and to nobody else")
    void bind() {
        Membership bound = Voters.founded(3).bind(Map.of(1, NEW, 2, disk(2)));
        assertEquals(
                List.of(new Member(1, disk(1), 0), new Member(2, disk(2), 0), Member.unbound(3)), bound.members());
    }

    @Test
    @DisplayName("a disk that is somebody's, or that two voters speak from, is bound once")
    void bindTwice() {
        assertEquals(Voters.founded(3), Voters.founded(3).bind(Map.of(2, disk(1), 3, Digest.ZERO)));
        Membership bound = Voters.founded(3).bind(Map.of(2, NEW, 3, NEW));
        assertEquals(List.of(new Member(1, disk(1), 0), new Member(2, NEW, 0), Member.unbound(3)), bound.members());
    }

    @Test
    @DisplayName("replacing changes one voter, and says since when")
    void replace() {
        assertEquals(
                List.of(new Member(1, disk(1), 0), new Member(2, NEW, 12), new Member(3, disk(3), 0)),
                Voters.bound(3).replace(2, NEW, 12).members());
    }
}
