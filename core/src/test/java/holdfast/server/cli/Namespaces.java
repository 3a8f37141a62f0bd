package holdfast.server.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Three machines and a router between them, as Linux network namespaces that end with the test. A router that stops to
/// forward is a wire that is cut: packets vanish, and nobody is told.
final class Namespaces implements AutoCloseable {

    private static final int MACHINES = 3;
    private static final long CALL_SECONDS_MAX = 20;

    private final List<Process> keepers = new ArrayList<>();
    private Process router;

    /// Why this machine cannot have them, or empty.
    String open() throws IOException, InterruptedException {
        try {
            router = keeper();
            call(List.of("nsenter", "--version"));
        } catch (IOException missing) {
            return "network namespaces need unshare and nsenter: " + missing.getMessage();
        }
        String trouble = call(in(router, "ip", "link", "set", "lo", "up"));
        for (int machine = 1; machine <= MACHINES && trouble.isEmpty(); machine++) {
            keepers.add(keeper());
            trouble = connect(machine);
        }
        return trouble.isEmpty() ? forwards(true) : trouble;
    }

    /// Machine `machine` is 10.77.N.2, and the router 10.77.N.1 there.
    private String connect(int machine) throws IOException, InterruptedException {
        Process keeper = keepers.getLast();
        String device = "m" + machine;
        String net = "10.77." + machine + ".";
        List<List<String>> commands = List.of(
                in(router, "ip", "link", "add", device, "type", "veth", "peer", "name", "wire", "netns", "" + keeper.pid()),
                in(router, "ip", "addr", "add", net + "1/24", "dev", device),
                in(router, "ip", "link", "set", device, "up"),
                in(keeper, "ip", "link", "set", "lo", "up"),
                in(keeper, "ip", "addr", "add", net + "2/24", "dev", "wire"),
                in(keeper, "ip", "link", "set", "wire", "up"),
                in(keeper, "ip", "route", "add", "default", "via", net + "1"));
        for (List<String> command : commands) {
            String trouble = call(command);
            if (!trouble.isEmpty()) {
                return trouble;
            }
        }
        return "";
    }

    static String host(int machine) {
        return "10.77." + machine + ".2";
    }

    /// Whether packets go from one machine to another; returns what went wrong, or empty.
    String forwards(boolean isWhole) throws IOException, InterruptedException {
        return call(in(router, "sh", "-c", "echo " + (isWhole ? 1 : 0) + " > /proc/sys/net/ipv4/ip_forward"));
    }

    /// The command, to be run on that machine.
    List<String> on(int machine, String... command) {
        return in(keepers.get(machine - 1), command);
    }

    private static List<String> in(Process keeper, String... command) {
        List<String> words = new ArrayList<>(List.of("nsenter", "-t", Long.toString(keeper.pid()), "-n"));
        words.addAll(List.of(command));
        return words;
    }

    /// A namespace lives as long as a process in it. This one says when it is there.
    private static Process keeper() throws IOException {
        Process keeper = new ProcessBuilder("unshare", "-n", "sh", "-c", "echo there; read end")
                .redirectErrorStream(true).start();
        byte[] first = keeper.getInputStream().readNBytes(1);
        if (first.length == 0 || first[0] != 't') {
            throw new IOException("no namespace could be made");
        }
        return keeper;
    }

    /// Runs a command; returns what it said if it failed, or empty.
    static String call(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(CALL_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.exitValue() == 0 ? "" : String.join(" ", command) + ": " + said;
    }

    @Override
    public void close() throws IOException {
        for (Process keeper : keepers) {
            keeper.destroyForcibly();
        }
        if (router != null) {
            router.destroyForcibly();
        }
    }
}
