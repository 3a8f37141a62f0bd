package holdfast.sim.check.format;

import holdfast.sim.history.format.Entry;
import java.util.List;

/// Takes the events of a history in order and judges them.
public interface Court {

    /// Returns what is wrong with the event, or an empty text.
    String take(Entry entry);

    /// How many events had a meaning so far: the number that the next one gets.
    int events();

    /// The verdict on everything taken in, within so many configurations.
    Judgement judge(long configurations);

    /// Every operation, by number.
    List<Deed> deeds();

    /// After [#judge]: the order that explains the history, or the longest one.
    List<Placing> order();

    /// After [#judge]: what stands where; empty for anything but streams.
    default List<Span> spans() {
        return List.of();
    }
}
