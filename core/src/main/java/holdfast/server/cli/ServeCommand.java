package holdfast.server.cli;

import holdfast.node.Node;
import holdfast.server.Log;
import holdfast.server.LogWriter;
import holdfast.server.config.Given;
import holdfast.server.config.ServerConfig;
import holdfast.server.config.Settings;
import holdfast.server.loop.NodeLoop;
import holdfast.server.run.Server;
import holdfast.server.store.FoundStore;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// `./holdfast serve`: one node, until it is told to go or must.
///
/// SIGTERM and SIGINT: hand over leadership, finish, exit 0. No store, or not the one that was meant: exit 2, a failed
/// disk: 74, a damaged store: 65, a bug: 70.
final class ServeCommand {

    private static final long CONFIG_BYTES_MAX = 1 << 20;

    /// Longest time that an end may take, before it is made by force: one that was asked for, and one after a failure.
    private static final long GOODBYE_MILLIS = 20_000;
    private static final long LAST_WORDS_MILLIS = 5_000;

    private static final long LOG_MILLIS = 1_000;

    private final Console console;
    private final AtomicReference<Server> running = new AtomicReference<>();
    private final CountDownLatch forever = new CountDownLatch(1);

    ServeCommand(Console console) {
        this.console = console;
    }

    int run(List<String> words, Map<String, String> environment) throws InterruptedException {
        return switch (configuration(words, environment)) {
            case Given.Bad<ServerConfig>(String sentence) -> console.refuse(sentence);
            case Given.Good<ServerConfig>(ServerConfig config) -> serve(config, environment);
        };
    }

    static Given<ServerConfig> configuration(List<String> words, Map<String, String> environment) {
        return switch (Settings.gather(words, environment, ServeCommand::read)) {
            case Given.Bad<Settings>(String sentence) -> new Given.Bad<>(sentence);
            case Given.Good<Settings>(Settings settings) -> ServerConfig.of(settings);
        };
    }

    private static Given<String> read(String file) {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > CONFIG_BYTES_MAX) {
                return new Given.Bad<>("the file " + file + " is too large for settings");
            }
            return new Given.Good<>(Files.readString(path));
        } catch (InvalidPathException notAPath) {
            return new Given.Bad<>("config is not a path: " + notAPath.getReason());
        } catch (MalformedInputException notText) {
            return new Given.Bad<>("the file " + file + " is not text");
        } catch (IOException unreadable) {
            return new Given.Bad<>("the file " + file + " cannot be read");
        }
    }

    private int serve(ServerConfig told, Map<String, String> environment) throws InterruptedException {
        return switch (FoundStore.look(told)) {
            case FoundStore.Looked.Refused(int exit, String sentence) -> console.end(exit, sentence);
            case FoundStore.Looked.Found(FoundStore store) -> serve(store, environment);
        };
    }

    private int serve(FoundStore store, Map<String, String> environment) throws InterruptedException {
        ServerConfig config = store.config();
        Log log = new Log(LogWriter.to(console.err()), config.log(), "node " + config.node());
        store.warnings().forEach(log::warn);
        for (String unknown : Settings.unknownVariables(environment)) {
            log.warn("the environment has " + unknown + ", which is no setting");
        }
        Thread.setDefaultUncaughtExceptionHandler((thread, bug) -> {
            log.error("a bug in thread " + thread.getName(), bug);
            LastResort.halt(NodeLoop.EXIT_BUG, log);
        });
        return switch (Server.start(store, log, (exit, report) -> ended(log, exit, report))) {
            case Server.Started.Refused(int exit, String sentence) -> {
                log.drain(LOG_MILLIS);
                yield console.end(exit, sentence);
            }
            case Server.Started.Running(Server server) -> {
                running.set(server);
                Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> goInPeace(server, log)));
                log.info("answers HTTP on " + server.address()
                        + (server.adminAddress().isEmpty() ? "" : " and operators on " + server.adminAddress())
                        + ", data in " + config.data() + ", cluster "
                        + (store.name().isEmpty() ? "" : "'" + store.name() + "' ") + store.id().clusterId()
                        + ", voters " + config.voterIds() + ", pid " + ProcessHandle.current().pid()
                        + "; the peer port " + config.peerListen() + " trusts its network, without a secret or TLS yet"
                        + (config.testHooks() ? ", TEST HOOKS ARE OPEN" : ""));
                endWithParent(config.parent(), log);
                forever.await();
                yield Exit.GOOD;
            }
        };
    }

    /// Whoever started this node may die without a chance to stop it.
    private static void endWithParent(long parent, Log log) {
        if (parent != 0) {
            ProcessHandle.of(parent).map(ProcessHandle::onExit)
                    .orElseGet(() -> CompletableFuture.completedFuture(null))
                    .thenRunAsync(() -> {
                        log.warn("process " + parent + ", which started this node, is gone");
                        System.exit(Exit.GOOD);
                    });
        }
    }

    /// The JVM would end with the signal's code; a node that was told to go and went has done well.
    private static void goInPeace(Server server, Log log) {
        log.info("is told to end");
        LastResort.haltAfter(GOODBYE_MILLIS, Node.EXIT_IO_ERROR, log);
        try {
            LastResort.halt(server.shutDown() ? Exit.GOOD : Node.EXIT_IO_ERROR, log);
        } catch (InterruptedException | RuntimeException trouble) {
            log.error("could not finish", trouble);
            LastResort.halt(NodeLoop.EXIT_BUG, log);
        }
    }

    /// Called on the loop's thread, which must not wait for itself. The store has refused to go on; what clients
    /// were told leaves first, then the process ends without looking at a file again.
    private void ended(Log log, int exit, String report) {
        log.error((exit == Node.EXIT_DAMAGED ? "the store is damaged: " : "stops: ") + report);
        LastResort.haltAfter(LAST_WORDS_MILLIS, exit, log);
        Thread.ofPlatform().name("end").start(() -> {
            Server server = running.get();
            if (server != null) {
                server.abandon();
            }
            LastResort.halt(exit, log);
        });
    }
}
