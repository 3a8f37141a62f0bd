package holdfast.stream;

/// The names of the streams that the last commands touched, for whoever waits for a change: looking at these costs what
/// happened, looking at all that is waited for costs what did not. A name may stand for nothing new (a refused append),
/// never the other way round.
///
/// A ring of [#CAPACITY] names. Not part of the machine's state: two machines in the same state may have come there by
/// different commands.
public final class RecentChanges {

    /// So many names are remembered; whoever falls further behind has to look at everything.
    public static final int CAPACITY = 4_096;

    private final String[] names = new String[CAPACITY];
    private long count;

    void add(String name) {
        names[(int) (count % CAPACITY)] = name;
        count++;
    }

    /// How many names there have been.
    public long count() {
        return count;
    }

    /// The oldest name that is still remembered has this number; the newest has `count() - 1`.
    public long oldest() {
        return Math.max(0, count - CAPACITY);
    }

    /// @param number from [#oldest] to before [#count]
    public String name(long number) {
        return names[(int) (number % CAPACITY)];
    }
}
