package holdfast.raft;

import static holdfast.raft.Voters.disk;
import static holdfast.raft.Voters.sender;
import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.Digest;
import holdfast.raft.Peers.Standing;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Node 1 of three, whose log replaces the disk of voter 2 at index 5.
class PeersTest {

    private static final Digest NEW = new Digest(9, 9);
    private static final long REPLACED_AT = 5;

    private final Memberships memberships = new Memberships(0, Voters.bound(3));
    private final Peers peers = new Peers(1, memberships);

    PeersTest() {
        memberships.appended(REPLACED_AT, Voters.bound(3).replace(2, NEW, REPLACED_AT));
    }

    @Test
    @DisplayName("a disk that a committed membership has replaced is not listened to any more")
    void replaced() {
        assertEquals(Standing.REPLACED, peers.admit(sender(2), REPLACED_AT));
        assertEquals(Standing.ADMITTED, peers.admit(new Sender(2, NEW, 0, 1), REPLACED_AT));
    }

    @Test
    @DisplayName("a membership that is not committed refuses nobody")
    void uncommitted() {
        assertEquals(Standing.ADMITTED, peers.admit(sender(2), REPLACED_AT - 1));
    }

    @Test
    @DisplayName("a disk that knows of a later replacement than this node is listened to, another one is not")
    void later() {
        assertEquals(Standing.ADMITTED, peers.admit(new Sender(2, NEW, REPLACED_AT, 1), REPLACED_AT - 1));
        assertEquals(Standing.ADMITTED, peers.admit(new Sender(2, new Digest(9, 8), 70, 1), REPLACED_AT));
        assertEquals(Standing.REPLACED, peers.admit(new Sender(2, new Digest(9, 8), 3, 1), REPLACED_AT));
        assertEquals(Standing.REPLACED, peers.admit(new Sender(3, NEW, 0, 1), REPLACED_AT));
    }

    @Test
    @DisplayName("an earlier life of a disk than was heard before is not listened to; a later one is")
    void rolledBack() {
        assertEquals(Standing.ADMITTED, peers.admit(new Sender(3, disk(3), 0, 7), 0));
        assertEquals(Standing.ADMITTED, peers.admit(new Sender(3, disk(3), 0, 7), 0));
        assertEquals(Standing.ROLLED_BACK, peers.admit(new Sender(3, disk(3), 0, 6), 0));
        assertEquals(Standing.ADMITTED, peers.admit(new Sender(3, disk(3), 0, 8), 0));
        assertEquals(Standing.ROLLED_BACK, peers.admit(new Sender(3, disk(3), 0, 7), 0), "what is refused is not noted");
    }

    @Test
    @DisplayName("lives are those of one disk: another one may be younger")
    void otherDisk() {
        assertEquals(Standing.ADMITTED, peers.admit(new Sender(2, disk(2), 0, 70), 0));
        assertEquals(Standing.ADMITTED, peers.admit(new Sender(2, NEW, REPLACED_AT, 1), REPLACED_AT));
    }

    @Test
    @DisplayName("this node itself and ids that are no voters are not listened to")
    void noVoter() {
        assertEquals(Standing.NO_VOTER, peers.admit(sender(1), 0));
        assertEquals(Standing.NO_VOTER, peers.admit(sender(4), 0));
        assertEquals(Standing.NO_VOTER, peers.admit(sender(0), 0));
    }

    @Test
    @DisplayName("a voter without a disk may speak from any")
    void unbound() {
        Peers founder = new Peers(1, new Memberships(0, Voters.founded(3)));
        assertEquals(Standing.ADMITTED, founder.admit(new Sender(2, NEW, 0, 1), 0));
        assertEquals(Standing.ADMITTED, founder.admit(sender(2), 0));
    }
}
