package holdfast.server.peer;

/// What can be wrong with what comes to the peer port, in the words of `/metrics`.
public enum Complaint {

    /// The greeting did not come in time, or not whole.
    NO_GREETING("no-greeting"),

    /// The first bytes are no greeting.
    NOT_A_GREETING("not-a-greeting"),

    /// The speaker does not belong here, or does not speak for its voter any more.
    REFUSED("refused"),

    /// It had to give way to a newer one before it had greeted.
    GAVE_WAY("gave-way"),

    /// A frame with a wrong length or checksum.
    BROKEN_FRAME("broken-frame"),

    /// A frame that is whole and says nothing: the peer runs other code, or is none.
    NO_MESSAGE("no-message"),

    /// A frame of this node's own that no peer would take.
    TOO_LARGE("too-large"),

    /// The operating system gave no connection.
    NOT_ACCEPTED("not-accepted");

    private final String label;

    Complaint(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
