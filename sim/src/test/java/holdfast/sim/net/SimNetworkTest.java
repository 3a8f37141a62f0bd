package holdfast.sim.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.EventQueue;
import holdfast.sim.plan.Cluster.Noise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SimNetworkTest {

    private static final long DELAY = 500;
    private static final long TAIL = 16 * DELAY;
    private static final int EACH = 1_000_000;
    private static final Noise STILL = new Noise(DELAY, 0, 0, 0, 0);

    /// A packet that has arrived; its bytes are its number.
    private record Arrived(int from, int to, int number, long at) {}

    /// Three nodes.
    private static final class Net {

        final EventQueue queue = new EventQueue();
        final List<Arrived> arrived = new ArrayList<>();
        final SimNetwork network;

        Net(long seed, Noise noise) {
            network = new SimNetwork(3, noise, new Entropy(seed), queue, this::arrived);
        }

        private void arrived(int from, int to, long onLink, Bytes packet) {
            arrived.add(new Arrived(from, to, Integer.parseInt(packet.utf8()), queue.now()));
        }

        void send(int from, int to, int number) {
            network.send(from, to, Bytes.utf8(Integer.toString(number)));
        }

        /// One packet on the link 1 to 2 each microsecond.
        void send(int first, int count) {
            for (int i = first; i < first + count; i++) {
                int number = i;
                queue.at(Math.max(queue.now(), i), () -> send(1, 2, number));
            }
        }

        List<Arrived> run() {
            while (queue.runNext()) {
                assertTrue(queue.size() < 1_000_000, "the network comes to rest");
            }
            return arrived;
        }

        List<Integer> numbers() {
            return run().stream().map(Arrived::number).toList();
        }
    }

    private static List<Integer> upTo(int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    // ---- packets -------------------------------------------------------------------------------------------

    @Test
    @DisplayName("without noise each packet arrives once, with a delay of its own, so that some overtake others")
    void still() {
        Net net = new Net(1, STILL);
        net.send(0, 500);
        List<Integer> numbers = net.numbers();
        assertEquals(upTo(500), numbers.stream().sorted().toList());
        assertTrue(!numbers.equals(upTo(500)), "none has overtaken another");
        for (Arrived arrived : net.arrived) {
            long delay = arrived.at() - arrived.number();
            assertTrue(delay >= DELAY / 2 && delay <= TAIL, () -> "a delay of " + delay);
        }
        assertEquals(500, net.network.sent());
        assertEquals(0, net.network.lost() + net.network.duplicated() + net.network.late() + net.network.cut());
    }

    @Property(tries = 50)
    @Label("a lost packet changes nothing about the others")
    void lossIsLocal(@ForAll long seed, @ForAll @IntRange(min = 1, max = EACH) int lossPpm) {
        Net whole = new Net(seed, new Noise(DELAY, 0, 200_000, 100_000, 2_000_000));
        Net lossy = new Net(seed, new Noise(DELAY, lossPpm, 200_000, 100_000, 2_000_000));
        whole.send(0, 200);
        lossy.send(0, 200);
        List<Integer> survivors = lossy.numbers();
        List<Arrived> expected = whole.run().stream().filter(a -> survivors.contains(a.number())).toList();
        assertEquals(expected, lossy.arrived);
        assertEquals(200 - survivors.stream().distinct().count(), lossy.network.lost());
    }

    @Property(tries = 50)
    @Label("what happens on one link changes nothing on another")
    void linksAreIndependent(@ForAll long seed) {
        Noise noise = new Noise(DELAY, 100_000, 100_000, 100_000, 1_000_000);
        Net alone = new Net(seed, noise);
        Net busy = new Net(seed, noise);
        alone.send(0, 100);
        busy.send(0, 100);
        busy.network.cut(2, 3);
        busy.network.clog(3, 2);
        for (int i = 0; i < 50; i++) {
            busy.send(2, 1, i);
            busy.send(2, 3, i);
            busy.send(3, 2, i);
        }
        List<Arrived> ofLink = busy.run().stream().filter(a -> a.from() == 1).toList();
        assertEquals(alone.run(), ofLink);
    }

    @Test
    @DisplayName("no two links share their draws, nor do the two directions between two nodes")
    void linksDiffer() {
        TreeSet<List<Long>> delays = new TreeSet<>(Comparator.comparing(List::toString));
        for (int from = 1; from <= 3; from++) {
            for (int to = 1; to <= 3; to++) {
                Net net = new Net(2, STILL);
                for (int i = 0; from != to && i < 20; i++) {
                    net.send(from, to, i);
                }
                delays.add(net.run().stream().map(Arrived::at).toList());
            }
        }
        assertEquals(6 + 1, delays.size(), "six links, and the silence");
    }

    @Property(tries = 50)
    @Label("late copies change nothing about the others")
    void lateIsLocal(@ForAll long seed) {
        Net plain = new Net(seed, new Noise(DELAY, 100_000, 100_000, 0, 0));
        Net late = new Net(seed, new Noise(DELAY, 100_000, 100_000, 300_000, 4_000_000));
        plain.send(0, 100);
        late.send(0, 100);
        List<Arrived> onTime = late.run().stream().filter(a -> a.at() <= 100 + TAIL).toList();
        assertEquals(plain.run(), onTime);
        assertEquals(late.arrived.size() - onTime.size(), late.network.late());
    }

    @Test
    @DisplayName("a duplicate comes soon after, a late copy long after, when terms have changed")
    void copies() {
        Net net = new Net(3, new Noise(DELAY, 0, EACH, EACH, 4_000_000));
        net.send(0, 100);
        long soon = 0;
        for (Arrived arrived : net.run()) {
            long delay = arrived.at() - arrived.number();
            soon += delay <= TAIL ? 1 : 0;
            assertTrue(delay <= TAIL || delay >= 500_000 && delay <= 4_000_000, () -> "a delay of " + delay);
        }
        assertEquals(200, soon);
        assertEquals(300, net.arrived.size());
        assertEquals(100, net.network.duplicated());
        assertEquals(100, net.network.late());
    }

    @Test
    @DisplayName("late copies under way are bounded, and room for new ones comes back")
    void lateBound() {
        Net net = new Net(4, new Noise(1, 0, 0, EACH, 8_000_000));
        net.send(0, SimNetwork.LATE_MAX + 100);
        net.run();
        assertEquals(SimNetwork.LATE_MAX, net.network.late());
        net.send(1, 2, 0);
        net.run();
        assertEquals(SimNetwork.LATE_MAX + 1, net.network.late());
    }

    @Test
    @DisplayName("with a loss of all, nothing arrives")
    void allLost() {
        Net net = new Net(5, new Noise(DELAY, EACH, EACH, EACH, 1_000));
        net.send(0, 50);
        assertEquals(List.of(), net.run());
        assertEquals(50, net.network.lost());
    }

    // ---- links ---------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a cut is one direction of one link")
    void cutIsDirected() {
        Net net = new Net(6, STILL);
        net.network.cut(1, 2);
        net.send(1, 2, 12);
        net.send(2, 1, 21);
        net.send(1, 3, 13);
        assertEquals(List.of(13, 21), net.numbers().stream().sorted().toList());
        assertEquals(1, net.network.cut());
    }

    @Test
    @DisplayName("cuts nest: a link is open when each of them is joined")
    void cutsNest() {
        Net net = new Net(7, STILL);
        net.network.cut(1, 2);
        net.network.cut(1, 2);
        net.network.join(1, 2);
        net.send(1, 2, 1);
        net.network.join(1, 2);
        net.send(1, 2, 2);
        assertEquals(List.of(2), net.numbers());
        assertThrows(Check.InvariantBroken.class, () -> net.network.join(1, 2));
    }

    @Test
    @DisplayName("what has entered a link before the cut arrives; what is dropped still counts as a packet of the link")
    void cutMidway() {
        Net whole = new Net(8, STILL);
        Net broken = new Net(8, STILL);
        whole.send(0, 30);
        broken.queue.at(10, () -> broken.network.cut(1, 2));
        broken.queue.at(20, () -> broken.network.join(1, 2));
        broken.send(0, 30);
        List<Arrived> expected =
                whole.run().stream().filter(a -> a.number() < 10 || a.number() >= 20).toList();
        assertEquals(expected, broken.run());
    }

    @Test
    @DisplayName("a clogged link holds its packets back; unclogged, they arrive in the order of their delays")
    void clogged() {
        Net still = new Net(9, STILL);
        Net net = new Net(9, STILL);
        net.network.clog(1, 2);
        for (int i = 0; i < 100; i++) {
            still.send(1, 2, i);
            net.send(1, 2, i);
        }
        assertEquals(List.of(), net.run());
        net.queue.at(1_000_000, () -> net.network.unclog(1, 2));
        assertEquals(still.numbers(), net.numbers());
        for (Arrived arrived : net.arrived) {
            assertTrue(arrived.at() > 1_000_000 && arrived.at() <= 1_000_000 + TAIL);
        }
    }

    @Test
    @DisplayName("clogs nest")
    void clogsNest() {
        Net net = new Net(10, STILL);
        net.network.clog(1, 2);
        net.network.clog(1, 2);
        net.send(1, 2, 1);
        net.network.unclog(1, 2);
        assertEquals(List.of(), net.run());
        net.network.unclog(1, 2);
        assertEquals(List.of(1), net.numbers());
        assertThrows(Check.InvariantBroken.class, () -> net.network.unclog(1, 2));
    }

    @Test
    @DisplayName("a clogged link is bounded: the oldest packet gives way")
    void clogBound() {
        Net net = new Net(11, STILL);
        net.network.clog(1, 2);
        int count = SimNetwork.WAITING_MAX + 7;
        for (int i = 0; i < count; i++) {
            net.send(1, 2, i);
        }
        net.network.unclog(1, 2);
        assertEquals(upTo(count).subList(7, count), net.numbers().stream().sorted().toList());
        assertEquals(7, net.network.lost());
    }

    @Test
    @DisplayName("the calm opens everything for good; late copies under way still arrive")
    void calm() {
        Net net = new Net(12, new Noise(DELAY, 0, 0, EACH, 2_000_000));
        net.send(1, 2, 1);
        net.network.cut(1, 2);
        net.network.clog(2, 1);
        net.send(2, 1, 2);
        net.network.calm();
        net.network.join(1, 2);
        net.network.unclog(2, 1);
        net.network.cut(1, 3);
        net.network.clog(1, 3);
        net.send(1, 2, 3);
        net.send(1, 3, 4);
        assertEquals(List.of(1, 1, 2, 2, 3, 4), net.numbers().stream().sorted().toList());
        assertEquals(2, net.network.late());
    }

    @Test
    @DisplayName("there is no link to oneself or to nobody")
    void noSuchLink() {
        Net net = new Net(13, STILL);
        assertThrows(Check.InvariantBroken.class, () -> net.send(1, 1, 0));
        assertThrows(Check.InvariantBroken.class, () -> net.send(1, 4, 0));
        assertThrows(Check.InvariantBroken.class, () -> net.network.cut(0, 1));
    }
}
