package holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.Bytes;
import holdfast.Sometimes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Runs a text of commands and compares the telling of their outcomes; a difference reads as a diff.
///
/// ```
/// create t              -> created
/// append x y by a 0/1   -> 0..2            two records, by producer a in epoch 0 with seq 1
/// append on t expect 3 close               no record, on stream t; the stream is s where none is named
/// ```
final class Story {

    final ArrayList<Sometimes> reached = new ArrayList<>();
    StreamMachine machine;
    long index;
    private long millis;

    Story() {
        this(ProducerBounds.STANDARD);
    }

    private Story(ProducerBounds bounds) {
        machine = new StreamMachine(reached::add, bounds);
    }

    /// A story that begins with an empty stream s, created at index 1.
    static Story ofStream() {
        Story story = new Story();
        story.applies(new Command.Create("s"));
        return story;
    }

    /// As [#ofStream], with streams that know so many producers for so long.
    static Story knowing(int producers, long retentionMillis) {
        Story story = new Story(new ProducerBounds(producers, retentionMillis));
        story.applies(new Command.Create("s"));
        return story;
    }

    /// The leader's clock from here on.
    Story at(long leadersMillis) {
        millis = leadersMillis;
        return this;
    }

    /// Each line is a command, an arrow and what comes of it.
    Story tells(String expected) {
        StringBuilder told = new StringBuilder();
        for (String line : expected.lines().toList()) {
            int arrow = line.indexOf("->");
            String command = arrow < 0 ? line : line.substring(0, arrow);
            told.append(command).append("-> ").append(tell(applies(parse(command)))).append('\n');
        }
        assertEquals(expected, told.toString());
        return this;
    }

    Outcome applies(Command command) {
        return machine.apply(++index, millis == 0 ? command : command.with(command.stamp().at(millis)));
    }

    /// Goes on with what the image of the machine holds.
    Story restarts() {
        machine = StreamMachine.decode(machine.encode(), reached::add);
        return this;
    }

    static Command parse(String line) {
        ArrayDeque<String> words = new ArrayDeque<>(Arrays.asList(line.strip().split(" +")));
        String verb = words.pop();
        if (verb.equals("append")) {
            return parseAppend(words);
        }
        String stream = words.isEmpty() ? "s" : words.pop();
        return switch (verb) {
            case "create" -> new Command.Create(stream);
            case "close" -> new Command.Close(stream);
            case "delete" -> new Command.Delete(stream);
            default -> throw new IllegalArgumentException("no such command: " + line);
        };
    }

    private static Command parseAppend(ArrayDeque<String> words) {
        String stream = "s";
        ArrayList<Bytes> records = new ArrayList<>();
        long expectedTail = Command.ANY_TAIL;
        Command.Producer producer = Command.Producer.NONE;
        boolean close = false;
        while (!words.isEmpty()) {
            String word = words.pop();
            switch (word) {
                case "on" -> stream = words.pop();
                case "expect" -> expectedTail = Long.parseLong(words.pop());
                case "close" -> close = true;
                case "by" -> producer = parseProducer(words.pop(), words.pop().split("/"));
                default -> records.add(Bytes.utf8(word));
            }
        }
        return new Command.Append(stream, List.copyOf(records), expectedTail, producer, close);
    }

    private static Command.Producer parseProducer(String id, String[] epochAndSeq) {
        return new Command.Producer(id, Long.parseLong(epochAndSeq[0]), Long.parseLong(epochAndSeq[1]));
    }

    static String tell(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Created c -> "created" + (c.tail() > 0 ? " with tail " + c.tail() : "")
                    + (c.closed() ? ", closed" : "");
            case Outcome.AlreadyExists a -> "exists with tail " + a.tail() + (a.closed() ? ", closed" : "")
                    + (a.asAsked() || a.closed() ? "" : ", otherwise");
            case Outcome.Appended a ->
                    a.first() + ".." + a.next() + (a.closed() ? ", closed" : "") + (a.duplicate() ? ", again" : "");
            case Outcome.DuplicateForgotten f -> "forgotten, last " + f.lastSeq() + ", tail " + f.tail();
            case Outcome.Closed c -> "closed at " + c.tail();
            case Outcome.Deleted _ -> "deleted";
            case Outcome.Touched t -> "there, tail " + t.tail();
            case Outcome.NoSuchStream _ -> "no such stream";
            case Outcome.Gone _ -> "gone";
            case Outcome.WrongContentType w -> "the stream is " + w.streams();
            case Outcome.SequenceBehind b -> "not behind " + b.last().utf8();
            case Outcome.ForkRefused r -> r.reason().text();
            case Outcome.RequestForgotten _ -> "forgotten request";
            case Outcome.WrongTail w -> "wrong tail, it is " + w.tail();
            case Outcome.StreamClosed c -> "refused, closed at " + c.tail();
            case Outcome.SequenceGap g -> "gap, " + g.expectedSeq() + " expected, " + g.receivedSeq() + " received";
            case Outcome.Fenced f -> "fenced by epoch " + f.currentEpoch();
            case Outcome.ProducerForgotten f -> "forgotten in epoch " + f.epoch();
            case Outcome.TooManyProducers t -> "no room for " + t.waitMillis() + " ms";
        };
    }
}
