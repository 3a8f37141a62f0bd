package holdfast.env;

/// The cold tier's store, in S3's semantics: objects appear whole or not at all. Completions come back as
/// events naming the operation's id; a failure may come before or after the effect.
public interface ObjectStore {

    void submit(ObjectOp op);
}
