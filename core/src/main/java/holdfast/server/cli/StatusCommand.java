package holdfast.server.cli;

import holdfast.server.cluster.NodeStatus;
import holdfast.server.config.Given;
import holdfast.server.config.HostPort;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `./holdfast status`: one line a node. Exit 0 when one leads and a majority answers.
final class StatusCommand {

    private static final int ASK_MILLIS = 1_000;
    private static final String ROW = "%-22s %-5s %-10s %6s %7s %10s %10s  %s";

    private final Console console;

    StatusCommand(Console console) {
        this.console = console;
    }

    int run(List<String> words) {
        Given<Words> parsed = Words.parse("status", words, Contact.OPTIONS, Set.of());
        if (!(parsed instanceof Given.Good<Words>(Words given))) {
            return console.refuse(((Given.Bad<Words>) parsed).sentence());
        }
        return switch (Contact.of(given)) {
            case Given.Bad<List<HostPort>>(String sentence) -> console.refuse(sentence);
            case Given.Good<List<HostPort>>(List<HostPort> addresses) -> show(addresses);
        };
    }

    private int show(List<HostPort> addresses) {
        console.line(row("address", "node", "role", "term", "leader", "committed", "applied", "disk"));
        int answered = 0;
        boolean led = false;
        for (HostPort address : addresses) {
            NodeStatus status = NodeStatus.ask(address, ASK_MILLIS);
            if (status == null) {
                console.line(row(address, "-", "no answer", "-", "-", "-", "-", "-"));
            } else {
                answered++;
                led |= status.leads();
                console.line(row(
                        address, status.node(), status.role(), status.term(), status.leader(), status.commitIndex(),
                        status.appliedIndex(), status.disk()));
            }
        }
        return led && answered > addresses.size() / 2 ? Exit.GOOD : Exit.FAILED;
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells).stripTrailing();
    }
}
