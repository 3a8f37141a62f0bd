package holdfast.raft;

import static holdfast.raft.Voters.disk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import holdfast.Check;
import holdfast.Digest;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The membership at each place of a log with three of them, at indexes 1, 4 and 9.
class MembershipsTest {

    private static final Membership FIRST = Voters.founded(3);
    private static final Membership SECOND = FIRST.bind(Map.of(2, disk(2)));
    private static final Membership THIRD = SECOND.replace(2, new Digest(9, 9), 9);

    private final Memberships memberships = new Memberships(0, null);

    MembershipsTest() {
        memberships.appended(1, FIRST);
        memberships.appended(4, SECOND);
        memberships.appended(9, THIRD);
    }

    @Test
    @DisplayName("in force from the entry on that says so, committed or not")
    void at() {
        assertEquals(THIRD, memberships.latest());
        assertEquals(9, memberships.latestIndex());
        assertEquals(FIRST, memberships.at(3));
        assertEquals(SECOND, memberships.at(4));
        assertEquals(SECOND, memberships.at(8));
        assertEquals(THIRD, memberships.at(100));
    }

    @Test
    @DisplayName("committed is the latest that does not stand above the commit index")
    void committed() {
        assertNull(memberships.committed(0));
        assertEquals(SECOND, memberships.committed(8));
        assertEquals(THIRD, memberships.committed(9));
        assertThrows(Check.InvariantBroken.class, () -> memberships.at(0));
    }

    @Test
    @DisplayName("a truncated membership falls back to the one before")
    void truncated() {
        memberships.truncatedFrom(10);
        assertEquals(THIRD, memberships.latest());
        memberships.truncatedFrom(9);
        assertEquals(SECOND, memberships.latest());
        memberships.truncatedFrom(2);
        assertEquals(FIRST, memberships.latest());
        assertEquals(1, memberships.latestIndex());
    }

    @Test
    @DisplayName("what is compacted leaves the membership that is in force where the log goes on")
    void compacted() {
        memberships.compactedTo(6);
        assertEquals(SECOND, memberships.at(6));
        assertNull(memberships.committed(3));
        memberships.compactedTo(9);
        assertNull(memberships.committed(8));
        assertEquals(THIRD, memberships.at(9));
        memberships.compactedTo(20);
        assertEquals(THIRD, memberships.latest());
    }

    @Test
    @DisplayName("a snapshot brings its own, and nothing from before it is left")
    void restored() {
        memberships.restored(7, SECOND);
        assertEquals(SECOND, memberships.latest());
        assertEquals(7, memberships.latestIndex());
        assertNull(memberships.committed(6));
        assertEquals(FIRST, new Memberships(12, FIRST).at(12));
    }
}
