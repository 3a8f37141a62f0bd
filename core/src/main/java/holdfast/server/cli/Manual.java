package holdfast.server.cli;

import holdfast.server.config.Columns;
import holdfast.server.config.Setting;
import java.util.List;
import java.util.Locale;

/// What the commands can do, for people.
final class Manual {

    /// @param usage what may follow the command's name
    /// @param purpose one line
    /// @param text the rest of its page
    private record Page(String name, String usage, String purpose, String text) {}

    private static final String CONTACT = """
              --folder DIR             the cluster that ./holdfast cluster keeps there (holdfast-cluster)
              --servers HOST:PORT,...  these nodes instead
              --node N                 only the N-th of them
            """;

    private static final List<Page> PAGES = List.of(
            new Page("format", "--node N (--peers 1=HOST:PORT,... | --formation FILE) [OPTIONS]",
                    "make the store of one node, before its first start", """
                      --node N                 this node's id
                      --peers 1=HOST:PORT,...  found a cluster: every voter and where it listens for the others
                      --formation FILE         join one: the file that was written when it was founded; with --peers, the
                                               file to write (holdfast-formation beside the data directory)
                      --data DIR               the data directory of this node and no other (holdfast-data)
                      --name NAME              what people call the cluster (holdfast)

                    Once for each node, and never again: a node that lost its disk is not brought back by format, see
                    docs/operate/replace-a-disk.md. A directory that holds anything is refused. The cluster's id and the
                    disks' are drawn. Exit 2: nothing was made; 1: the store was made, the file could not be written.

                      ./holdfast format --node 1 --peers 1=127.0.0.1:4447 --data /var/lib/holdfast
                          a cluster of one node
                      ./holdfast format --node 1 --data /var/lib/holdfast --formation shop.formation \\
                              --peers 1=10.0.0.1:4447,2=10.0.0.2:4447,3=10.0.0.3:4447
                          the first of three, which founds the cluster
                      ./holdfast format --node 2 --data /var/lib/holdfast --formation shop.formation
                          the second, on its own machine, to which the file was carried
                    """),
            new Page("serve", "[OPTIONS]", "run one node", """
                    The store says which node this is and who the others are (./holdfast help format makes one). What is
                    said by --node and --peers must agree with it: other voters are refused, other addresses are taken.

                    Every option may also stand in the environment (HOLDFAST_ELECTION_TIMEOUT=800) or, without its
                    dashes, in a file named by --config or HOLDFAST_CONFIG (election-timeout = 800). A flag beats the
                    environment, the environment the file.

                    The port for the other nodes trusts its network: there is no secret and no TLS yet, so whoever
                    reaches it can speak as a node. Keep it behind a firewall. Names of peers are looked up whenever a
                    connection is made.

                    SIGTERM and Ctrl-C hand over leadership, finish and exit 0. Exit 2: cannot start as told, or there is
                    no store; 65: the store is damaged; 74: the disk failed; 70: a bug. What to do then, a full disk, and
                    what /readyz says: docs/operate/ends-and-disks.md.

                      ./holdfast serve --data /var/lib/holdfast
                          on loopback
                      ./holdfast serve --data /var/lib/holdfast --http 10.0.0.2:4437
                          for others
                      ./holdfast serve --data /var/lib/holdfast --http 10.0.0.2:4437 \\
                              --peers 1=10.0.0.1:4447,2=10.0.0.2:4447,3=10.0.0.9:4447
                          node 3 has moved
                      ./holdfast serve --data /var/lib/holdfast --http 10.0.0.2:4437 --admin 10.1.0.2:4438
                          probes and metrics on a port that clients do not reach
                    """),
            new Page("cluster", "[--folder DIR] [--nodes N] [--port P] [--test-hooks]",
                    "keep a cluster on loopback and show how it is", """
                      --folder DIR   data and logs of all nodes (holdfast-cluster)
                      --nodes N      1, 3, 5 or 7 (3)
                      --port P       HTTP on P and up, words among nodes on P+10 and up (4437)
                      --test-hooks   lets anyone with HTTP access break the nodes' disks and network

                    Makes the nodes' stores when the folder is new, and never again. Says when the nodes are ready. Ctrl-C
                    ends them. A node whose disk failed gets one more life.

                      ./holdfast cluster
                          three nodes, for append, read, status, kill and restart in another terminal
                      ./holdfast cluster --nodes 5 --port 5437 --folder /tmp/five
                          five beside them
                    """),
            new Page("append", "STREAM [TEXT...] [OPTIONS]", "append texts, or the input", CONTACT + """
                      --type TYPE              content type of a stream that is made (text/plain)
                      --producer ID            a name for the retries (drawn)

                    A stream that is not there is made. Without a text the input is appended: lines of text or JSON, as many
                    in one append as are there (1,000, or 256 KiB), anything else as it is, in pieces of 1 MiB. The last
                    receipt is told every 5 seconds and at the end. Every append has a number, so that what is sent again
                    after a failure is written once. With --producer each line is an append of its own, and the same
                    input given again under the same name is written once.

                      ./holdfast append events 'one more'
                          one line
                      ./holdfast append events -- --this-begins-with-dashes
                          nothing behind -- is an option
                      tail -f app.log | ./holdfast append logs
                          each line as it comes, many at once if many have come
                      ./holdfast append pictures --type image/png < cat.png
                          bytes
                    """),
            new Page("read", "STREAM [OPTIONS]", "write what a stream holds", CONTACT + """
                      --follow                 and what comes, until the stream is closed
                      --from OFFSET            begin there (-1, the beginning)
                      --local                  what the node has, which may lag

                      ./holdfast read events
                          all of it
                      ./holdfast read events --follow --from now
                          only what comes
                      ./holdfast read events --local --node 3
                          what node 3 has, also when no majority is up
                    """),
            new Page("status", "[OPTIONS]", "one line a node; exit 0 when a majority answers and one leads", CONTACT + """

                      ./holdfast status
                          of the cluster that is kept here
                      ./holdfast status --servers 10.0.0.1:4437,10.0.0.2:4437,10.0.0.3:4437
                          of another
                    """),
            new Page("replace-disk", "N [OPTIONS]", "put the disk that node N runs on in the place of a lost one", """
                      --folder DIR             the cluster that ./holdfast cluster keeps there (holdfast-cluster)
                      --servers HOST:PORT,...  these nodes instead; node N and a majority of the others among them

                    The disk of node N is lost, emptied or damaged. Its new one has been formatted with the cluster's
                    formation, and the node has been started on it; until now it neither votes nor acknowledges. This
                    asks the leader to bind voter N to the new disk, which a majority of all voters without N must
                    agree to, and returns when the node has caught up. The old disk never counts again. To ask twice
                    does no harm. The whole procedure: docs/operate/replace-a-disk.md. Exit 1: not settled, try again.

                      ./holdfast format --node 2 --data /var/lib/holdfast --formation shop.formation
                      ./holdfast serve --data /var/lib/holdfast --http 10.0.0.2:4437
                          on the machine of node 2, with its new disk
                      ./holdfast replace-disk 2 --servers 10.0.0.1:4437,10.0.0.2:4437,10.0.0.3:4437
                          from anywhere
                    """),
            new Page("kill", "N [--folder DIR]", "SIGKILL a node of the cluster that is kept here", """
                      ./holdfast kill 1
                          node 1 has no last word
                    """),
            new Page("restart", "N [--folder DIR]", "start it again, after stopping it in peace if it runs", """
                      ./holdfast restart 1
                          returns when node 1 knows who leads
                    """),
            new Page("demo", "[--port P] [--folder DIR] [--keep]",
                    "a deposit of $200 on a cluster that is being hurt", """
                      --port P       as for cluster (4637)
                      --folder DIR   data and logs of the nodes, in a folder of this run's own (holdfast-demo)
                      --keep         do not delete them at the end

                    Takes about ten seconds. Exit 0 when the account is right at the end.

                      ./holdfast demo
                          the story
                      ./holdfast demo --keep
                          and its data and logs
                    """),
            new Page("failover", "[--kills N] [--clients N] [--port P] [--folder DIR]",
                    "kill the leader under load, and see for how long nobody is acknowledged", """
                      --kills N      how often (20)
                      --clients N    that append meanwhile (8)
                      --port P       as for cluster (4737)
                      --folder DIR   data and logs of the nodes, in a folder of this run's own (holdfast-failover)

                    Starts three nodes of its own on loopback. Exit 0 when nothing acknowledged was lost or doubled.

                      ./holdfast failover --kills 5
                          half a minute
                    """),
            new Page("bench", "[OPTIONS]", "append load over HTTP", CONTACT + """
                      --leader                 send to the leader only
                      --clients 1,16,64,256    clients, one measurement for each number
                      --rate N                 begin N appends a second, answered or not (open loop); latency counts
                                               from when an append was due
                      --seconds N --warmup N   of each measurement (8, 10)
                      --bytes N                size of an append (256)
                      --stream NAME            append there
                      --floor DIR              first measure one write and fdatasync there
                      --json FILE              write the numbers there, and more of them

                    syncs and CPU ms: of all nodes together, for one append.

                      ./holdfast bench --leader --clients 1,64
                          latency alone, then throughput
                      ./holdfast bench --rate 2000 --seconds 30
                          latency at a steady rate
                    """));

    private Manual() {}

    static List<String> commands() {
        return PAGES.stream().map(Page::name).toList();
    }

    static int show(List<String> words, Console console) {
        for (Page page : PAGES) {
            if (!words.isEmpty() && page.name().equals(words.getFirst())) {
                show(page, console);
                return Exit.GOOD;
            }
        }
        if (!words.isEmpty()) {
            return console.refuse("there is no command '" + words.getFirst() + "'; './holdfast help' lists them");
        }
        console.line("./holdfast COMMAND; './holdfast help COMMAND' says more\n");
        for (Page page : PAGES) {
            tell(String.format(Locale.ROOT, "  %-12s  %s", page.name(), page.purpose()), console);
        }
        return Exit.GOOD;
    }

    private static void show(Page page, Console console) {
        tell("./holdfast " + page.name() + " " + page.usage(), console);
        tell("\n" + page.purpose(), console);
        if (page.name().equals("serve")) {
            console.line("");
            settings(console);
        }
        if (!page.text().isEmpty()) {
            tell("\n" + page.text().stripTrailing(), console);
        }
    }

    private static void tell(String text, Console console) {
        Columns.of(text).forEach(console::line);
    }

    private static void settings(Console console) {
        for (Setting setting : Setting.values()) {
            String name = "--" + setting.written() + (setting.isFlag() ? "" : " " + setting.valueName());
            boolean silent = setting.isFlag() || setting.otherwise().isEmpty();
            String otherwise = silent ? "" : " (" + setting.otherwise() + ")";
            tell(String.format(Locale.ROOT, "  %-27s  %s%s", name, setting.help(), otherwise), console);
        }
    }
}
