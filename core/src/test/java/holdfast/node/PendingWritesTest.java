package holdfast.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Check;
import holdfast.Sometimes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PendingWritesTest {

    private final PendingWrites writes = new PendingWrites(2);
    private final Effects effects = new Effects();
    private final List<Sometimes> reached = new ArrayList<>();

    @Test
    @DisplayName("whoever waits for an index is found when it is applied, once")
    void take() {
        writes.await(5, 71);
        writes.await(7, 72);
        assertEquals(PendingWrites.NONE, writes.take(4));
        assertEquals(71, writes.take(5));
        assertEquals(PendingWrites.NONE, writes.take(5));
        assertEquals(PendingWrites.NONE, writes.take(6), "an entry that nobody waits for");
        assertEquals(72, writes.take(7));
    }

    @Test
    @DisplayName("has room for so many and no more, and again when one is answered")
    void bound() {
        writes.await(5, 71);
        assertFalse(writes.isFull());
        writes.await(6, 72);
        assertTrue(writes.isFull());
        writes.take(5);
        assertFalse(writes.isFull());
    }

    @Test
    @DisplayName("when leadership is lost all that still wait are told so, in their order, and forgotten")
    void unknown() {
        writes.await(5, 71);
        writes.await(6, 72);
        writes.take(5);
        writes.await(7, 73);
        writes.answerUnknown(ClientReply.Cause.LEADERSHIP_LOST, 3, effects, reached::add);
        ClientReply unknown = new ClientReply.Unknown(ClientReply.Cause.LEADERSHIP_LOST, 3);
        assertEquals(List.of(new Effect.Answer(72, unknown), new Effect.Answer(73, unknown)), effects.recorded());
        assertEquals(List.of(Sometimes.OUTCOME_UNKNOWN, Sometimes.OUTCOME_UNKNOWN), reached);
        assertEquals(PendingWrites.NONE, writes.take(6));
    }

    @Test
    @DisplayName("the number that means nobody is no request")
    void nobody() {
        assertThrows(Check.InvariantBroken.class, () -> writes.await(5, PendingWrites.NONE));
    }
}
