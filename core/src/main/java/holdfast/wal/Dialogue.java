package holdfast.wal;

import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// One operation at a time: asked, answered, and the answer says what comes next. So recovery reads like a program
/// although it never waits.
final class Dialogue {

    private static final long NOTHING = 0;

    private DiskOut disk;
    private long awaited = NOTHING;
    private Consumer<DiskResult> then;
    private DiskResult.Failed readError;

    /// Whoever calls has the floor: questions go to `disk`.
    void enter(DiskOut disk) {
        this.disk = disk;
    }

    void ask(LongFunction<DiskOp> question, Consumer<DiskResult> then) {
        this.then = then;
        awaited = disk.nextId();
        disk.submit(question.apply(awaited));
    }

    /// All steps of the chain, then `then`; the first failure goes to `failed` instead, and ends it.
    void run(Chain chain, Runnable then, Consumer<DiskResult.Failed> failed) {
        chain.start(disk);
        awaited = chain.awaited();
        this.then = result -> {
            if (result instanceof DiskResult.Failed failure) {
                failed.accept(failure);
            } else if (chain.succeeded(disk)) {
                then.run();
            } else {
                awaited = chain.awaited();
            }
        };
    }

    /// A piece of a file could not be read.
    void couldNotRead(DiskResult.Failed failure) {
        readError = readError == null ? failure : readError;
    }

    /// The first error of a read, or null.
    DiskResult.Failed readError() {
        return readError;
    }

    boolean owns(long id) {
        return id == awaited;
    }

    void answered(DiskResult result) {
        awaited = NOTHING;
        then.accept(result);
    }
}
