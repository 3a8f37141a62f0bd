package holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import holdfast.Bytes;
import holdfast.Probe;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A node that passes writes on sends one again when it does not know what became of it.
class SessionsTest {

    private StreamMachine machine = new StreamMachine(Probe.NONE);
    private long index;

    @BeforeEach
    void stream() {
        machine.apply(++index, new Command.Create("s"));
    }

    private Outcome request(int gateway, long session, long number, long floor) {
        Command append = new Command.Append(
                "s", List.of(Bytes.utf8("x")), Command.ANY_TAIL, Command.Producer.NONE, false);
        return machine.apply(++index, append.with(new Stamp(0, gateway, session, number, floor)));
    }

    private long tail() {
        return machine.view("s").tail();
    }

    @Test
    @DisplayName("the second attempt gets the first one's outcome and does nothing")
    void again() {
        Outcome first = request(1, 7, 1, 1);
        assertEquals(first, request(1, 7, 1, 1));
        assertEquals(1, tail());
    }

    @Test
    @DisplayName("that holds for refusals too: the world may have changed, the outcome has not")
    void refusal() {
        Command close = new Command.Close("t").with(new Stamp(0, 1, 7, 1, 1));
        assertEquals(new Outcome.NoSuchStream(), machine.apply(++index, close));
        machine.apply(++index, new Command.Create("t"));
        assertEquals(new Outcome.NoSuchStream(), machine.apply(++index, close));
        assertEquals(false, machine.view("t").closed());
    }

    @Test
    @DisplayName("a stream is used when the request is asked again, not when it was done")
    void usedAgain() {
        Stamp stamp = new Stamp(1_000, 1, 7, 1, 1);
        Setup setup = new Setup("", 2, Setup.NEVER, Setup.Fork.NONE);
        Command create = new Command.Create("t", setup, List.of(), false, stamp);
        machine.apply(++index, create);
        machine.apply(++index, create.with(stamp.at(2_500)));
        assertEquals(4_500, machine.view("t").dueMillis());
        Command look = new Command.Touch("t", false, new Stamp(2_600, 1, 7, 2, 1));
        machine.apply(++index, look);
        machine.apply(++index, look);
        assertEquals(4_500, machine.view("t").dueMillis());
        machine.apply(++index, new Command.Delete("t", Stamp.NONE));
        machine.apply(++index, create.with(stamp.at(3_000)));
        assertEquals(null, machine.view("t"));
    }

    @Test
    @DisplayName("requests may come in any order, and gateways do not know of each other")
    void order() {
        request(1, 7, 5, 2);
        request(1, 7, 2, 2);
        request(2, 7, 5, 5);
        request(1, 7, 4, 2);
        assertEquals(4, tail());
        request(1, 7, 2, 2);
        request(1, 7, 5, 2);
        request(2, 7, 5, 5);
        assertEquals(4, tail());
    }

    @Test
    @DisplayName("what is below the floor is not done any more")
    void floor() {
        request(1, 7, 1, 1);
        request(1, 7, 3, 3);
        assertEquals(new Outcome.RequestForgotten(7), request(1, 7, 1, 1));
        assertEquals(new Outcome.RequestForgotten(7), request(1, 7, 2, 1));
        assertInstanceOf(Outcome.Appended.class, request(1, 7, 4, 3));
        assertEquals(3, tail());
    }

    @Test
    @DisplayName("the floor does not sink")
    void floorStays() {
        request(1, 7, 9, 9);
        request(1, 7, 10, 2);
        assertEquals(new Outcome.RequestForgotten(7), request(1, 7, 8, 2));
    }

    @Test
    @DisplayName("a new session forgets the old one, and refuses what is late of it")
    void restart() {
        request(1, 7, 1, 1);
        assertInstanceOf(Outcome.Appended.class, request(1, 8, 1, 1));
        assertEquals(new Outcome.RequestForgotten(8), request(1, 7, 1, 1));
        assertEquals(new Outcome.RequestForgotten(8), request(1, 7, 2, 1));
        assertEquals(2, tail());
    }

    @Test
    @DisplayName("with too many outcomes the lowest number goes, and is refused from then on")
    void manyRequests() {
        for (int number = 1; number <= Sessions.REQUESTS_MAX + 1; number++) {
            request(1, 7, number, 1);
        }
        assertEquals(new Outcome.RequestForgotten(7), request(1, 7, 1, 1));
        assertInstanceOf(Outcome.Appended.class, request(1, 7, 2, 1));
        assertEquals(Sessions.REQUESTS_MAX + 1, tail());
    }

    @Test
    @DisplayName("with too many gateways the one silent for longest goes")
    void manyGateways() {
        for (int gateway = 1; gateway <= Sessions.GATEWAYS_MAX; gateway++) {
            request(gateway, 7, 1, 1);
        }
        request(1, 7, 2, 1);
        request(1_000, 7, 1, 1);
        long before = tail();
        request(1, 7, 1, 1);
        assertEquals(before, tail());
        request(2, 7, 1, 1);
        assertEquals(before + 1, tail());
    }

    @Test
    @DisplayName("outcomes, floors and the order of the gateways go through the image")
    void image() {
        Outcome first = request(1, 7, 5, 3);
        request(2, 9, 1, 1);
        machine = StreamMachine.decode(machine.encode(), Probe.NONE);
        assertEquals(first, request(1, 7, 5, 3));
        assertEquals(new Outcome.RequestForgotten(7), request(1, 7, 2, 2));
        assertEquals(new Outcome.RequestForgotten(9), request(2, 8, 1, 1));
        assertEquals(2, tail());
    }
}
