package holdfast.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.server.loop.NodeLoop;
import holdfast.stream.Command;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class VisitorTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("a page that throws while it looks at the node is told so, and the node goes on")
    void visitorThrows() throws InterruptedException {
        try (LoopbackCluster cluster = new LoopbackCluster(folder, 1)) {
            NodeLoop loop = cluster.leader().loop();
            ExecutionException bug = assertThrows(ExecutionException.class, () -> loop.look(_ -> {
                throw new IllegalStateException("a bug in a page");
            }).get());
            assertEquals("a bug in a page", bug.getCause().getMessage());
            assertThrows(ExecutionException.class, () -> loop.look(_ -> {
                throw new StackOverflowError();
            }).get());
            assertInstanceOf(ClientReply.Applied.class, cluster.write(new ClientRequest.Write(new Command.Create("s"))));
        }
    }
}
