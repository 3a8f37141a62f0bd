package holdfast.server.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.Digest;
import holdfast.raft.Member;
import holdfast.raft.Membership;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Whose words are taken in: voter 1 is on its first disk, voter 2 on one that replaced another by entry 20, voter 3 on none.
class RosterTest {

    private static final Digest FIRST = new Digest(1, 1);
    private static final Digest SECOND = new Digest(2, 2);
    private static final Digest LOST = new Digest(2, 1);
    private static final Digest STRANGE = new Digest(9, 9);

    private static final Roster ROSTER = new Roster(
            new Membership(List.of(new Member(1, FIRST, 0), new Member(2, SECOND, 20), Member.unbound(3))), 0);

    private static String refusal(int from, Digest disk, long since) {
        return ROSTER.refusal(new Hello(new Digest(7, 7), from, 1, disk, since, 9, Lane.PROMPT, "x:1"));
    }

    private static String sentence(int node, String disk, String bound) {
        return "node " + node + " is on disk " + disk + ", and its voter on disk " + bound + "; if that one is lost,"
                + " './holdfast replace-disk " + node + "' puts the other in its place, see docs/operate/replace-a-disk.md";
    }

    @Test
    @DisplayName("the bound disk speaks, whatever it knows of its own replacing")
    void bound() {
        assertEquals("", refusal(1, FIRST, 0));
        assertEquals("", refusal(2, SECOND, 20));
        assertEquals("", refusal(2, SECOND, 0), "its log may not hold that entry yet");
    }

    @Test
    @DisplayName("any disk speaks for a voter that has none, or it could never be bound")
    void unbound() {
        assertEquals("", refusal(3, STRANGE, 0));
        assertEquals("", refusal(3, STRANGE, 5));
    }

    @Test
    @DisplayName("another disk is refused with both disks and what to do")
    void otherDisk() {
        String strange = "00000000000000090000000000000009";
        assertEquals(sentence(1, strange, "00000000000000010000000000000001"), refusal(1, STRANGE, 0));
        assertEquals(sentence(2, strange, "00000000000000020000000000000002"), refusal(2, STRANGE, 0));
    }

    @Test
    @DisplayName("so is a disk that was replaced and comes back, and one bound by the same entry")
    void replaced() {
        String lost = sentence(2, "00000000000000020000000000000001", "00000000000000020000000000000002");
        assertEquals(lost, refusal(2, LOST, 0));
        assertEquals(lost, refusal(2, LOST, 19));
        assertEquals(lost, refusal(2, LOST, 20));
    }

    @Test
    @DisplayName("a disk bound by a younger entry than the one known here is listened to: this node lags behind")
    void younger() {
        assertEquals("", refusal(1, STRANGE, 1));
        assertEquals("", refusal(2, STRANGE, 21));
        assertEquals("", refusal(2, STRANGE, Long.MAX_VALUE));
    }

    @Test
    @DisplayName("nothing is refused of a node that is no voter, or before any membership is committed: that is not asked here")
    void unknown() {
        assertEquals("", refusal(9, STRANGE, 0));
        assertEquals("", Roster.UNKNOWN.refusal(new Hello(new Digest(7, 7), 1, 2, STRANGE, 0, 9, Lane.PROMPT, "x:1")));
    }
}
