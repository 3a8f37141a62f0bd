package holdfast.server.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.server.FreePorts;
import holdfast.server.http.HttpEvents;
import holdfast.server.http.HttpLimits;
import holdfast.server.http.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Event streams through a proxy that keeps answers back until it has a buffer full, or until they end, as nginx does by
/// itself. Skipped where nginx is not installed.
@Timeout(60)
class ProxyTest {

    private static final String CONFIGURATION = """
            daemon off; master_process off; pid %1$s/pid; error_log %1$s/errors;
            events {}
            http {
                access_log off;
                client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
                uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                server { listen 127.0.0.1:%2$d; location / { proxy_pass http://127.0.0.1:%3$d; } }
            }
            """;

    /// Longer than the test may take: nothing here comes because the stream of events has ended.
    private static final int NEVER = 600_000;

    @TempDir
    Path folder;
    private HttpServer server;
    private Process proxy;
    private int port;

    @BeforeEach
    void startBoth() throws IOException, InterruptedException {
        String nginx = Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx", "/usr/local/bin/nginx")
                .filter(path -> Files.isExecutable(Path.of(path))).findFirst().orElse("");
        Assumptions.assumeFalse(nginx.isEmpty(), "nginx is not installed");
        StreamsConfig config = new StreamsConfig("c", 1_000, NEVER, NEVER, NEVER, 3_000, 1 << 20, 100, 1 << 20);
        server = HttpServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), HttpLimits.DEFAULT,
                new StreamsHandler(new OneNode(), config, new SplittableRandom(1)), HttpEvents.NONE);
        port = FreePorts.run(1);
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"), CONFIGURATION.formatted(folder, port, server.port()));
        proxy = new ProcessBuilder(nginx, "-c", configuration.toString(), "-p", folder.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile()).start();
        while (!answers()) {
            assertTrue(proxy.isAlive(), () -> "nginx ended: " + folder);
            Thread.sleep(20);
        }
    }

    private boolean answers() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterEach
    void stopBoth() throws InterruptedException {
        if (proxy != null) {
            proxy.destroy();
            if (!proxy.waitFor(10, TimeUnit.SECONDS)) {
                proxy.destroyForcibly();
            }
        }
        if (server != null) {
            server.close();
        }
    }

    private void ask(String head, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = head + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String told = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(told.startsWith("HTTP/1.1 20"), told);
        }
    }

    @Test
    @DisplayName("what is appended is seen while the stream of events goes on, and so is what was there before")
    void eventsComeAtOnce() throws IOException {
        ask("PUT /v1/stream/s", "first");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("GET /v1/stream/s?offset=-1&live=sse HTTP/1.1\r\nHost: x\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1));
            BufferedReader lines = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            assertEquals("data:first", next(lines));
            ask("POST /v1/stream/s", "second");
            assertEquals("data:second", next(lines));
        }
    }

    /// The next line with text that was appended.
    private static String next(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && (!line.startsWith("data:") || line.startsWith("data:{"))) {
            line = lines.readLine();
        }
        return line;
    }
}
