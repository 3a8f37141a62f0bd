package holdfast.sim.check.format.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Debian's Chromium without a window, where it is installed.
final class Browser {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final long SECONDS_MAX = 120;

    private Browser() {}

    static boolean isThere() {
        return Files.isExecutable(CHROMIUM);
    }

    /// The page after its scripts have run, as HTML.
    static String dom(Path page, Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve("dom.html");
        Process process = new ProcessBuilder(List.of(
                        CHROMIUM.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                        "--disable-background-networking", "--disable-component-update", "--disable-sync",
                        "--user-data-dir=" + folder.resolve("profile"), "--window-size=1400,900", "--dump-dom",
                        page.toUri().toString()))
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the browser did not come back");
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
