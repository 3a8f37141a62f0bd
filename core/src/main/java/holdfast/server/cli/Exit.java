package holdfast.server.cli;

/// Exit codes of commands. A node that ends by itself has its own: 74 after an I/O error, 65 for a damaged store.
final class Exit {

    static final int GOOD = 0;
    static final int FAILED = 1;
    static final int BAD_INPUT = 2;

    /// As a shell tells the end by SIGINT.
    static final int INTERRUPTED = 130;

    private Exit() {}
}
