package holdfast.server.cli;

import java.util.List;

/// The door behind the script `./holdfast` for everything that runs on real disks and sockets.
public final class ServerMain {

    private ServerMain() {}

    public static void main(String[] words) throws InterruptedException {
        Console console = Console.ofSystem();
        int exit = run(List.of(words), console);
        console.out().flush();
        System.exit(exit);
    }

    static int run(List<String> words, Console console) throws InterruptedException {
        if (words.isEmpty() || words.getFirst().equals("help")) {
            return Manual.show(words.isEmpty() ? words : words.subList(1, words.size()), console);
        }
        List<String> rest = words.subList(1, words.size());
        if (rest.contains("--help") || rest.contains("-h")) {
            return Manual.show(words.subList(0, 1), console);
        }
        return switch (words.getFirst()) {
            case "serve" -> new ServeCommand(console).run(rest, System.getenv());
            case "format" -> new FormatCommand(console).run(rest);
            case "cluster" -> new ClusterCommand(console).run(rest);
            case "append" -> new AppendCommand(console).run(rest);
            case "read" -> new ReadCommand(console).run(rest);
            case "replace-disk" -> new ReplaceDiskCommand(console).run(rest);
            case "status" -> new StatusCommand(console).run(rest);
            case "kill", "restart" -> new WishCommand(words.getFirst(), console).run(rest);
            case "demo" -> new DemoCommand(console).run(rest);
            case "failover" -> new FailoverCommand(console).run(rest);
            case "bench" -> new BenchCommand(console).run(rest);
            default -> console.refuse("there is no command '" + words.getFirst() + "'; './holdfast help' lists them");
        };
    }
}
