package holdfast.server.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// One node's process: at most one life at a time. For one thread, or guarded by its owner.
public final class NodeProcess {

    private static final int SIGNAL_BASE = 128;
    private static final int SIGKILL = 9;
    private static final int EXIT_REFUSED = 2;

    private final NodePlan plan;
    private Process process;
    private boolean paused;

    public NodeProcess(NodePlan plan) {
        this.plan = plan;
    }

    public NodePlan plan() {
        return plan;
    }

    public int id() {
        return plan.id();
    }

    public void start() throws IOException {
        if (isAlive()) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder(plan.command());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()));
        process = builder.start();
        process.getOutputStream().close();
        paused = false;
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public boolean isPaused() {
        return isAlive() && paused;
    }

    public long pid() {
        return process == null ? 0 : process.pid();
    }

    /// How its last life ended; empty while it lives or if it never did.
    public OptionalInt exit() {
        return process == null || process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /// Why it could not start as told, in its own last words; empty if that is not how it ended.
    public String refusal() {
        if (exit().orElse(0) != EXIT_REFUSED) {
            return "";
        }
        try {
            List<String> lines = Files.readAllLines(plan.log());
            return lines.isEmpty() ? "it did not say why" : lines.getLast().replaceFirst("^holdfast: ", "");
        } catch (IOException unreadable) {
            return "its log " + plan.log() + " cannot be read";
        }
    }

    /// Whether an exit code says that the process was killed.
    public static boolean isKilled(int exit) {
        return exit == SIGNAL_BASE + SIGKILL;
    }

    /// SIGKILL: no last word, no flush, nothing.
    public void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    /// SIGTERM; returns whether it has ended within that time.
    public boolean terminate(long millis) throws InterruptedException {
        if (process == null) {
            return true;
        }
        resume();
        process.destroy();
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /// Waits for the end of a process that ends by itself; returns whether it did.
    public boolean awaitExit(long millis) throws InterruptedException {
        return process == null || process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /// SIGSTOP: alive for the others' kernels, dead for their timeouts.
    public void pause() {
        if (isAlive() && signal("STOP")) {
            paused = true;
        }
    }

    public void resume() {
        if (isPaused() && signal("CONT")) {
            paused = false;
        }
    }

    /// The JDK sends two signals only; `kill` is there wherever SIGSTOP is.
    private boolean signal(String name) {
        try {
            Process sender = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return sender.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
