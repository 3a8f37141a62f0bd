package holdfast.server.peer;

import holdfast.Bytes;
import holdfast.Digest;
import java.util.SplittableRandom;

/// Throws bytes at the parsers of the wire: half of them noise, half of them real frames with a little damage. The
/// test runs some; `main` as many as it is told, with the count and the seed as arguments.
final class WireFuzz {

    private static final int PAYLOAD_MAX = 1 << 16;
    private static final int SLACK_BYTES = 4 << 10;

    private final SplittableRandom random;
    private long frames;
    private long greetings;

    WireFuzz(long seed) {
        random = new SplittableRandom(seed);
    }

    public static void main(String[] words) {
        long inputs = Long.parseLong(words[0]);
        WireFuzz fuzz = new WireFuzz(words.length > 1 ? Long.parseLong(words[1]) : 1);
        fuzz.run(inputs);
        System.out.println(inputs + " inputs, " + fuzz.frames + " frames whole, " + fuzz.greetings + " greetings read");
    }

    void run(long inputs) {
        for (long i = 0; i < inputs; i++) {
            one();
        }
    }

    long frames() {
        return frames;
    }

    long greetings() {
        return greetings;
    }

    private void one() {
        byte[] input = random.nextBoolean() ? noise() : damaged();
        FrameReader reader = new FrameReader(PAYLOAD_MAX);
        int at = 0;
        while (at < input.length) {
            int to = Math.min(input.length, at + 1 + random.nextInt(input.length));
            boolean sound = reader.take(input, at, to, this::whole);
            at = to;
            if (reader.heldBytes() > 2 * at + SLACK_BYTES) {
                throw new AssertionError(reader.heldBytes() + " bytes held after " + at + " have arrived");
            }
            if (sound != reader.damage().isEmpty()) {
                throw new AssertionError("damage without a word");
            }
        }
        Hello.decode(Bytes.wrap(input));
        Word.decode(Bytes.wrap(input));
    }

    private void whole(Bytes frame) {
        frames++;
        Word.decode(frame);
        if (Hello.decode(frame) instanceof Hello.Heard.Said) {
            greetings++;
        }
    }

    private byte[] noise() {
        byte[] bytes = new byte[1 + random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    /// One to three frames, in which up to three bytes may be wrong, cut off or doubled somewhere.
    private byte[] damaged() {
        byte[] bytes = new byte[0];
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes = joined(bytes, Frame.of(payload()).toArray());
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        int cut = random.nextInt(4) == 0 ? 1 + random.nextInt(bytes.length) : bytes.length;
        return java.util.Arrays.copyOf(bytes, cut);
    }

    private Bytes payload() {
        if (random.nextBoolean()) {
            return new Hello(
                    digest(), random.nextInt(), random.nextInt(), digest(), random.nextLong(), random.nextLong(), Lane.BULK,
                    "127.0.0.1:8").encode();
        }
        return switch (random.nextInt(5)) {
            case 0 -> Hello.refusal("no");
            case 3 -> said(new Word.Ping(random.nextLong()));
            case 1 -> said(new Word.Packet(Bytes.wrap(noise())));
            case 2 -> said(new Word.Ask(random.nextLong(), Bytes.wrap(noise())));
            default -> Bytes.wrap(noise());
        };
    }

    private static Bytes said(Word word) {
        Bytes frame = Bytes.wrap(word.frame().toArray());
        return frame.slice(Frame.HEADER_BYTES, frame.size());
    }

    private Digest digest() {
        return new Digest(random.nextLong(), random.nextLong());
    }

    private static byte[] joined(byte[] left, byte[] right) {
        byte[] both = java.util.Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }
}
