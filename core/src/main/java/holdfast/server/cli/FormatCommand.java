package holdfast.server.cli;

import holdfast.server.config.Formation;
import holdfast.server.config.Given;
import holdfast.server.config.HostPort;
import holdfast.server.config.ServerConfig;
import holdfast.server.config.Setting;
import holdfast.server.store.Forming;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `./holdfast format`: makes the store of one node. With `--peers` it founds a cluster and writes its formation to a
/// file, with `--formation` alone it takes a cluster's formation from there.
final class FormatCommand {

    private static final String FORMATION_FILE = "holdfast-formation";
    private static final String NAME = "holdfast";

    private final Console console;

    FormatCommand(Console console) {
        this.console = console;
    }

    int run(List<String> words) {
        Given<Words> parsed = Words.parse(
                "format", words, Set.of("--node", "--peers", "--data", "--name", "--formation"), Set.of());
        return switch (parsed) {
            case Given.Bad<Words>(String sentence) -> console.refuse(sentence);
            case Given.Good<Words>(Words given) -> run(given);
        };
    }

    private int run(Words given) {
        if (!given.operands().isEmpty()) {
            return console.refuse("format has no use for '" + given.operands().getFirst() + "'");
        }
        int node = given.number("--node", 0, 1, Integer.MAX_VALUE);
        if (node <= 0) {
            return console.refuse("format needs the id of this node, as in --node 1");
        }
        Path data;
        Path file;
        try {
            data = Path.of(given.text("--data", Setting.DATA.otherwise()));
            file = given.has("--formation")
                    ? Path.of(given.text("--formation", ""))
                    : data.resolveSibling(FORMATION_FILE);
        } catch (InvalidPathException notAPath) {
            return console.refuse("'" + notAPath.getInput() + "' is not a path: " + notAPath.getReason());
        }
        if (given.has("--peers")) {
            return found(given, node, data, file);
        }
        if (!given.has("--formation")) {
            return console.refuse("format needs --peers 1=HOST:PORT,... to found a cluster, or --formation FILE to make"
                    + " a further node of one");
        }
        return given.has("--name")
                ? console.refuse("--name is given when a cluster is founded, together with --peers")
                : join(node, data, file);
    }

    private int found(Words given, int node, Path data, Path file) {
        TreeMap<Integer, HostPort> voters = new TreeMap<>();
        String refusal = ServerConfig.readVoters(given.text("--peers", ""), voters);
        String name = given.text("--name", NAME);
        if (refusal.isEmpty() && !voters.containsKey(node)) {
            refusal = "node " + node + " is not among the peers " + voters.keySet();
        }
        if (refusal.isEmpty() && !Formation.nameRefusal(name).isEmpty()) {
            refusal = "--name " + Formation.nameRefusal(name);
        }
        if (refusal.isEmpty() && voters.size() > 1 && Files.exists(file)) {
            refusal = file + " is there already: if it is this cluster's, leave out --peers, else name another file"
                    + " with --formation";
        }
        if (!refusal.isEmpty()) {
            return console.refuse(refusal);
        }
        return switch (Forming.found(data, node, voters, name)) {
            case Given.Bad<Formation>(String sentence) -> console.refuse(sentence);
            case Given.Good<Formation>(Formation formation) -> told(formation, node, data, file);
        };
    }

    private int told(Formation formation, int node, Path data, Path file) {
        tell(formation, node, data);
        if (formation.voters().size() == 1) {
            return Exit.GOOD; // Nobody else is to join.
        }
        String trouble = Forming.write(formation, file);
        if (!trouble.isEmpty()) {
            return console.fail(trouble + "; " + data.resolve("FORMATION") + " is the same file");
        }
        String others = formation.voterIds().stream().filter(id -> id != node).map(String::valueOf)
                .collect(Collectors.joining(" and "));
        console.line("carry " + file + " to the machines of node " + others + ", and there, each with its own number:");
        console.line("  ./holdfast format --formation " + file.getFileName() + " --node N --data DIR");
        return Exit.GOOD;
    }

    private int join(int node, Path data, Path file) {
        return switch (Forming.read(file)) {
            case Given.Bad<Formation>(String sentence) -> console.refuse(sentence);
            case Given.Good<Formation>(Formation formation) -> {
                String refusal = Forming.join(data, node, formation);
                if (!refusal.isEmpty()) {
                    yield console.refuse(refusal);
                }
                tell(formation, node, data);
                yield Exit.GOOD;
            }
        };
    }

    private void tell(Formation formation, int node, Path data) {
        console.line("the store of node " + node + " is in " + data + "; cluster " + formation.cluster() + " of nodes "
                + formation.voterIds());
        console.line("start it with ./holdfast serve --data " + data + " --http HOST:PORT");
    }
}
