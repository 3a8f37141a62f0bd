package holdfast.sim.plan;

/// One way in which things go wrong, as faults at times relative to its moment. Many stories begin with a transfer of
/// leadership: the plan cannot know who leads, but it can ask for somebody to.
///
/// @param key enters the draws; never given twice, so that a new story changes no other
/// @param weight how many times as often as others it is told
record Story(int key, int weight, String name, Teller teller) {

    /// Draws the details and tells the faults.
    @FunctionalInterface
    interface Teller {
        void tell(Scene scene);
    }
}
