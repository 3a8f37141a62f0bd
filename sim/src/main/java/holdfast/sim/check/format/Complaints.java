package holdfast.sim.check.format;

/// The first thing that is wrong with an event.
final class Complaints {

    private String first = "";

    void add(String sentence) {
        if (first.isEmpty()) {
            first = sentence;
        }
    }

    String first() {
        return first;
    }
}
