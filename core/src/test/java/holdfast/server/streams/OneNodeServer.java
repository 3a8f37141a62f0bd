package holdfast.server.streams;

import holdfast.server.http.HttpEvents;
import holdfast.server.http.HttpLimits;
import holdfast.server.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;

/// The protocol's face on a port, without a cluster behind it: for the conformance suite, by hand.
///
///     java holdfast.server.streams.OneNodeServer 4500
final class OneNodeServer {

    private static final int LONG_POLL_MILLIS = 1_500;
    private static final int COMMAND_BYTES_MAX = 16 << 20;

    private OneNodeServer() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        StreamsConfig config = StreamsConfig.of("one", System.currentTimeMillis(), COMMAND_BYTES_MAX)
                .withLongPollMillis(LONG_POLL_MILLIS);
        StreamsHandler handler = new StreamsHandler(
                new OneNode(), config, () -> ThreadLocalRandom.current().nextLong());
        HttpEvents events = new HttpEvents() {
            @Override
            public void failed(String doing, Throwable bug) {
                System.err.println(doing);
                bug.printStackTrace();
            }
        };
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (HttpServer server = HttpServer.start(address, HttpLimits.DEFAULT, handler, events)) {
            System.out.println("listening on " + server.port());
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
