package holdfast.server.store;

import holdfast.server.config.Formation;
import holdfast.server.config.Given;
import holdfast.server.config.HostPort;
import holdfast.server.config.ServerConfig;
import holdfast.server.disk.DataDirectory;
import holdfast.wal.StoreId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// A store that a node can be started on: looked at, compared with what was configured, and locked. Nothing else has
/// been opened, and no port. Whoever has it closes the directory.
///
/// @param config as given, with what the store says where nothing was given
/// @param name what people call the cluster; empty if the store does not say it
/// @param warnings what an operator should know about differences
public record FoundStore(
        ServerConfig config, StoreId id, String name, DataDirectory directory, List<String> warnings) {

    /// What looking gives.
    public sealed interface Looked {

        record Found(FoundStore store) implements Looked {}

        /// Why no node can be started here, in one sentence.
        ///
        /// @param exit as a node ends that is started all the same
        record Refused(int exit, String sentence) implements Looked {}
    }

    private static final int EXIT_BAD_INPUT = 2;

    /// The copy of the formation that is kept in each store.
    private static final String FORMATION = "FORMATION";

    public static Looked look(ServerConfig told) {
        return switch (StoreLook.at(told.data(), told.node())) {
            case StoreLook.Seen.Nothing(int exit, String sentence) -> new Looked.Refused(exit, sentence);
            case StoreLook.Seen.Store(StoreId id) -> look(told, id);
        };
    }

    private static Looked look(ServerConfig told, StoreId id) {
        if (told.node() != 0 && told.node() != id.nodeId()) {
            return refused(told.data() + " is the store of node " + id.nodeId() + " of " + clusterOf(told.data(), id)
                    + ", and you said node " + told.node() + " (--node); each node has a directory of its own (--data)");
        }
        List<String> warnings = new ArrayList<>();
        Formation formation = null;
        switch (formationIn(told.data(), id)) {
            case Given.Good<Formation>(Formation good) -> formation = good;
            case Given.Bad<Formation>(String sentence) -> {
                if (told.voters().isEmpty()) {
                    return refused(sentence + "; --peers can name the voters instead");
                }
                warnings.add(sentence + "; the voters are taken from --peers");
            }
        }
        SortedMap<Integer, HostPort> voters = told.voters().isEmpty() ? formation.voters() : told.voters();
        if (!voters.containsKey(id.nodeId())) {
            return refused("node " + id.nodeId() + " is not among the peers " + voters.keySet());
        }
        if (formation != null) {
            if (!voters.keySet().equals(formation.voters().keySet())) {
                return refused(otherVoters(told.data(), voters.keySet(), formation.voters().keySet()));
            }
            addDifferences(voters, formation.voters(), warnings);
        }
        String name = formation == null ? "" : formation.name();
        return switch (DataDirectory.open(told.data())) {
            case DataDirectory.Opened.Refused(int exit, String sentence) -> new Looked.Refused(exit, sentence);
            case DataDirectory.Opened.Usable(DataDirectory directory) -> new Looked.Found(new FoundStore(
                    told.completed(id.nodeId(), voters), id, name, directory, List.copyOf(warnings)));
        };
    }

    /// The cluster as people call it, if its formation can be read.
    private static String clusterOf(Path data, StoreId id) {
        return formationIn(data, id) instanceof Given.Good<Formation>(Formation formation)
                ? "cluster '" + formation.name() + "' (" + id.clusterId() + ")"
                : "cluster " + id.clusterId();
    }

    private static Given<Formation> formationIn(Path data, StoreId id) {
        Path file = data.resolve(FORMATION);
        Given<Formation> read = Forming.read(file);
        return read instanceof Given.Good<Formation>(Formation formation) && !formation.cluster().equals(id.clusterId())
                ? new Given.Bad<>(file + " is of cluster " + formation.cluster() + ", and the store is of cluster "
                        + id.clusterId())
                : read;
    }

    /// The sentence about voters that are not those of the store.
    public static String otherVoters(Path data, Iterable<Integer> told, Iterable<Integer> stored) {
        return "--peers names the voters " + told + ", and those of the store in " + data + " are " + stored
                + "; voters are chosen when a cluster is formed";
    }

    private static void addDifferences(
            SortedMap<Integer, HostPort> told, SortedMap<Integer, HostPort> formed, List<String> warnings) {
        for (Map.Entry<Integer, HostPort> voter : told.entrySet()) {
            HostPort before = formed.get(voter.getKey());
            if (!voter.getValue().equals(before)) {
                warnings.add("node " + voter.getKey() + " is looked for at " + voter.getValue()
                        + ", as --peers says; the cluster was formed with " + before);
            }
        }
    }

    private static Looked refused(String sentence) {
        return new Looked.Refused(EXIT_BAD_INPUT, sentence);
    }
}
