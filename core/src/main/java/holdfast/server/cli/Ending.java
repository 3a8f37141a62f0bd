package holdfast.server.cli;

import java.util.concurrent.CountDownLatch;

/// Lets a command that is told to end (Ctrl-C, SIGTERM) clean up first: its thread is interrupted, and the process
/// ends when the command has closed this.
final class Ending implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);

    /// `exit` is the process's code if it was told to end.
    Ending(int exit) {
        Thread command = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            if (closed.getCount() == 0) {
                return;
            }
            command.interrupt();
            try {
                closed.await();
            } catch (InterruptedException second) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(exit);
        }));
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
