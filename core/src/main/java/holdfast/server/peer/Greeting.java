package holdfast.server.peer;

/// Whether a node that introduced itself belongs here.
final class Greeting {

    private Greeting() {}

    /// Why not, in one sentence, or empty.
    static String refusal(PeerSettings settings, Hello hello) {
        if (!hello.cluster().equals(settings.cluster())) {
            return "node " + hello.from() + " belongs to another cluster";
        }
        if (hello.to() != settings.self()) {
            return "node " + hello.from() + " looked for node " + hello.to() + " and found node " + settings.self();
        }
        return settings.peers().containsKey(hello.from())
                ? ""
                : "node " + hello.from() + " is not one of this node's peers";
    }
}
