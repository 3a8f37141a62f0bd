package holdfast.sim.run;

/// Who listens to a run. [#NONE] for campaigns: then no text is ever built.
public interface TraceSink {

    /// Whether [#line] is wanted; asked before a text is built.
    boolean wantsLines();

    /// One event in fixed columns: its number, that of the event which brought it about (0: the plan), virtual time, the node
    /// (0 for clients and the world), a short kind and a text.
    void line(long event, long cause, long micros, int node, String kind, String text);

    /// Whether [#history] is wanted; asked before a text is built.
    default boolean wantsHistory() {
        return false;
    }

    /// A call of a client, or its answer, whole, as a line of [holdfast.sim.history.HistoryText].
    default void history(String event) {}

    /// The rolling hash after event number `event`.
    void hash(long event, long rolling);

    TraceSink NONE = new TraceSink() {
        @Override
        public boolean wantsLines() {
            return false;
        }

        @Override
        public void line(long event, long cause, long micros, int node, String kind, String text) {}

        @Override
        public void hash(long event, long rolling) {}
    };
}
