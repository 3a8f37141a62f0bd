package holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Probe;
import holdfast.StateHash;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The machine as bytes, as snapshots hold it.
class MachineImageTest {

    /// Stream "a" is empty; "b" has two records by producer "p" and is closed.
    private static final String IMAGE = """
            02 00 00 00                                      ; version
            04 00 00 00 00 00 00 00                          ; last applied index
            00 00 00 00 00 00 00 00                          ; term of the last leader: none was told
            00 00 00 00 00 00 00 00                          ; clock: no command had a time
            00 10 00 00                                      ; producers that a stream knows: 4,096
            a0 bb 0d 00 00 00 00 00                          ; for how long: 900,000 ms
            02 00 00 00                                      ; streams
            01 00 61                                         ; "a"
            01 00 00 00 00 00 00 00                          ; incarnation: created at index 1
            00                                               ; open
            00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ; digest of no records
            ff ff ff ff ff ff ff 7f                          ; never due
            00 00                                            ; sections: none
            00 00 00 00                                      ; extents
            00 00 00 00                                      ; producers
            00 00                                            ; groups of forgotten producers
            01 00 62                                         ; "b"
            02 00 00 00 00 00 00 00                          ; incarnation: created at index 2
            01                                               ; closed
            e6 2a a9 71 6b 9c e9 98 53 e2 19 f9 8d c9 bd 83  ; digest
            ff ff ff ff ff ff ff 7f                          ; never due
            00 00                                            ; sections: none
            01 00 00 00                                      ; extents
            02 00 00 00 02 00 00 00 03 00 00 00 00 00 00 00  ; two records of together 2 bytes in the entry at index 3
            01 00 00 00                                      ; producers
            01 00 70                                         ; "p"
            05 00 00 00 00 00 00 00                          ; epoch
            00 00 00 00 00 00 00 00                          ; last seq, so one receipt follows
            00 00 00 00 00 00 00 00                          ; the clock at its last append
            00 00 00 00 00 00 00 00                          ; first offset
            02 00 00 00                                      ; records
            03 00 00 00 00 00 00 00                          ; index
            e6 2a a9 71 6b 9c e9 98 53 e2 19 f9 8d c9 bd 83  ; digest behind them
            00                                               ; this append did not close
            00 00                                            ; groups of forgotten producers
            00 00 00 00                                      ; gateways
            """;

    @Test
    @DisplayName("the bytes of docs/format.md")
    void golden() {
        Story story = new Story();
        story.tells("""
                create a             -> created
                create b             -> created
                append x y on b by p 5/0 -> 0..2
                close b              -> closed at 2
                """);
        assertEquals(Hex.of(Hex.bytes(IMAGE)), Hex.of(story.machine.encode()));
        assertEquals(
                fingerprint(story.machine), fingerprint(StreamMachine.decode(Hex.bytes(IMAGE), Probe.NONE)));
    }

    @Test
    @DisplayName("an empty machine has an image too")
    void empty() {
        StreamMachine machine = StreamMachine.decode(new StreamMachine(Probe.NONE).encode(), Probe.NONE);
        assertEquals(0, machine.lastApplied());
        assertEquals(fingerprint(new StreamMachine(Probe.NONE)), fingerprint(machine));
    }

    @Test
    @DisplayName("a machine that went through an image knows its producers, receipts and fences")
    void producersSurvive() {
        Story story = Story.ofStream();
        for (int seq = 0; seq < 10; seq++) {
            story.applies(Story.parse("append x by a 2/" + seq));
        }
        story.applies(Story.parse("append y by b 0/0 close"));
        story.restarts().tells("""
                append x by a 2/9    -> 9..10, again
                append x by a 2/2    -> 2..3, again
                append x by a 2/1    -> forgotten, last 9, tail 11
                append x by a 1/0    -> fenced by epoch 2
                append y by b 0/0    -> 10..11, closed, again
                append x by a 2/10   -> refused, closed at 11
                create               -> exists with tail 11, closed
                """);
    }

    @Test
    @DisplayName("whom to forget next survives as well")
    void orderSurvives() {
        Story story = Story.knowing(3, 0);
        for (int i = 0; i < 3; i++) {
            story.applies(Story.parse("append x by p" + i + " 0/0"));
        }
        story.tells("""
                append x by p0 0/1   -> 3..4
                """);
        story.restarts().tells("""
                append x by new 0/0  -> 4..5
                append x by p0 0/1   -> 3..4, again
                append x by p1 0/1   -> forgotten in epoch 0
                append x by p2 0/1   -> 5..6
                """);
    }

    @Test
    @DisplayName("so do the epochs of the forgotten, how old a producer is, and the bounds themselves")
    void forgottenSurvive() {
        Story story = Story.knowing(1, 50).at(1_000);
        story.tells("""
                append x by a 7/0 -> 0..1
                """);
        story.at(1_050).tells("""
                append x by b 0/0 -> 1..2
                """);
        story.restarts().at(1_060).tells("""
                append x by a 7/0 -> forgotten in epoch 7
                append x by c 0/0 -> no room for 40 ms
                """);
    }

    @Test
    @DisplayName("refusals and duplicates change nothing but the last applied index")
    void refusalsChangeNothing() {
        Story story = Story.ofStream();
        story.applies(Story.parse("append x by a 1/0"));
        Bytes before = story.machine.encode();
        story.tells("""
                create               -> exists with tail 1
                append x by a 1/0    -> 0..1, again
                append x by a 1/2    -> gap, 1 expected, 2 received
                append x by a 0/0    -> fenced by epoch 1
                append x by b 0/1    -> gap, 0 expected, 1 received
                append x expect 3    -> wrong tail, it is 1
                delete t             -> no such stream
                """);
        Bytes after = story.machine.encode();
        assertEquals(Hex.of(withoutLastApplied(before)), Hex.of(withoutLastApplied(after)));
    }

    @Test
    @DisplayName("different states have different fingerprints")
    void fingerprints() {
        long open = fingerprint(afterTwo("append x", "append y"));
        assertNotEquals(open, fingerprint(afterTwo("append x", "append z")));
        assertNotEquals(open, fingerprint(afterTwo("append x", "append y close")));
        assertNotEquals(open, fingerprint(afterTwo("append x", "append y by a 0/0")));
        assertNotEquals(open, fingerprint(afterTwo("create t", "append x y")));
        assertEquals(open, fingerprint(afterTwo("append x", "append y")));
    }

    @Test
    @DisplayName("what is not an image breaks an invariant")
    void damaged() {
        Bytes image = Hex.bytes(IMAGE);
        for (int size = 0; size < image.size(); size++) {
            Bytes cut = image.slice(0, size);
            assertThrows(Check.InvariantBroken.class, () -> StreamMachine.decode(cut, Probe.NONE));
        }
        Bytes longer = Hex.bytes(Hex.of(image) + "00");
        assertThrows(Check.InvariantBroken.class, () -> StreamMachine.decode(longer, Probe.NONE));
        Bytes newer = Hex.bytes(Hex.of(image).replaceFirst("^02", "03"));
        assertThrows(Check.InvariantBroken.class, () -> StreamMachine.decode(newer, Probe.NONE));
        Bytes unordered = Hex.bytes(Hex.of(image).replaceFirst("010061", "010063"));
        assertThrows(Check.InvariantBroken.class, () -> StreamMachine.decode(unordered, Probe.NONE));
    }

    private static StreamMachine afterTwo(String first, String second) {
        Story story = Story.ofStream();
        story.applies(Story.parse(first));
        story.applies(Story.parse(second));
        return story.machine;
    }

    private static long fingerprint(StreamMachine machine) {
        StateHash hash = new StateHash();
        machine.describe(hash);
        return hash.value();
    }

    private static Bytes withoutLastApplied(Bytes image) {
        return image.slice(28, image.size());
    }
}
