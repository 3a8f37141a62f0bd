package holdfast.server.cli;

import holdfast.server.cluster.ClusterFolder;
import holdfast.server.config.Given;
import holdfast.server.config.HostPort;
import holdfast.server.disk.DiskErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Which nodes a command speaks to: those named by `--servers`, or those of the cluster in `--folder`; of these,
/// `--node N` picks one.
final class Contact {

    static final Set<String> OPTIONS = Set.of("--servers", "--folder", "--node");

    private static final String UNRESERVED = "-._~/";

    private Contact() {}

    static Given<List<HostPort>> of(Words words) {
        Given<List<HostPort>> all = words.has("--servers")
                ? named(words.text("--servers", ""))
                : ofFolder(new ClusterFolder(Path.of(words.text("--folder", ClusterCommand.FOLDER))));
        if (!words.has("--node") || !(all instanceof Given.Good<List<HostPort>>(List<HostPort> addresses))) {
            return all;
        }
        int node = words.number("--node", 1, 1, addresses.size());
        return node < 0
                ? new Given.Bad<>("--node is a number from 1 to " + addresses.size())
                : new Given.Good<>(List.of(addresses.get(node - 1)));
    }

    private static Given<List<HostPort>> named(String list) {
        List<HostPort> addresses = new ArrayList<>();
        for (String item : list.split(",", -1)) {
            HostPort address = HostPort.parse(item.strip());
            if (address == null) {
                return new Given.Bad<>("--servers is a list of HOST:PORT; '" + item.strip() + "' does not fit");
            }
            addresses.add(address);
        }
        return new Given.Good<>(addresses);
    }

    /// An address that a cluster had once may be somebody else's by now.
    private static Given<List<HostPort>> ofFolder(ClusterFolder folder) {
        try {
            ClusterFolder.Members members = folder.read();
            return members == null || !members.isSupervised()
                    ? new Given.Bad<>("no cluster runs in " + folder.path()
                            + "; start one with ./holdfast cluster, or name --servers HOST:PORT,...")
                    : new Given.Good<>(members.http());
        } catch (IOException unreadable) {
            return new Given.Bad<>(
                    "the folder " + folder.path() + " cannot be read: " + DiskErrors.text(unreadable));
        }
    }

    /// The path of a stream.
    static String target(String stream) {
        StringBuilder path = new StringBuilder("/v1/stream/");
        for (byte b : stream.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || UNRESERVED.indexOf(c) >= 0) {
                path.append(c);
            } else {
                path.append(String.format(java.util.Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return path.toString();
    }
}
