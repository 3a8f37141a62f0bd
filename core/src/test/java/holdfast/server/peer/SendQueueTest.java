package holdfast.server.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SendQueueTest {

    private static final long LONG = Long.MAX_VALUE;

    private static Frame frame(int payloadBytes) {
        return Frame.of(Bytes.wrap(new byte[payloadBytes]));
    }

    @Test
    @DisplayName("a closed queue takes nothing")
    void closed() throws InterruptedException {
        SendQueue queue = new SendQueue(10, 100);

        assertFalse(queue.offer(frame(1)));
        assertFalse(queue.take(new ArrayList<>(), 100, LONG));
    }

    @Test
    @DisplayName("the bounds hold in number and in bytes; the newest is refused")
    void bounds() throws InterruptedException {
        SendQueue queue = new SendQueue(2, 100);
        queue.open();
        assertTrue(queue.offer(frame(60)));
        assertFalse(queue.offer(frame(60)));
        assertTrue(queue.offer(frame(40)));
        assertFalse(queue.offer(frame(0)));

        List<Frame> taken = new ArrayList<>();
        assertTrue(queue.take(taken, 1_000, LONG));
        assertEquals(List.of(60, 40), taken.stream().map(Frame::payloadBytes).toList());
        assertTrue(queue.offer(frame(500)), "a large one passes an empty queue");
        assertEquals(1, queue.close());
    }

    @Test
    @DisplayName("a batch takes what fits, and one at least")
    void batches() throws InterruptedException {
        SendQueue queue = new SendQueue(10, 1_000);
        queue.open();
        for (int size : List.of(50, 10, 10)) {
            queue.offer(frame(size));
        }

        List<Frame> taken = new ArrayList<>();
        queue.take(taken, 40, LONG);
        assertEquals(1, taken.size());
        taken.clear();
        queue.take(taken, 40, LONG);
        assertEquals(2, taken.size());
    }

    @Test
    @DisplayName("whoever has something to say by itself is not kept waiting for frames")
    void patience() throws InterruptedException {
        SendQueue queue = new SendQueue(10, 100);
        queue.open();
        List<Frame> taken = new ArrayList<>();

        assertTrue(queue.take(taken, 100, 0));

        assertEquals(List.of(), taken);
    }

    @Test
    @DisplayName("a backoff stays below a bound that doubles up to its cap")
    void backoff() {
        Backoff backoff = new Backoff(10, 100, new java.util.SplittableRandom(1));
        for (long bound : List.of(10L, 20L, 40L, 80L, 100L, 100L)) {
            long drawn = backoff.next();
            assertTrue(drawn >= 0 && drawn <= bound, drawn + " of " + bound);
        }
        backoff.reset();
        assertTrue(backoff.next() <= 10);
    }
}
