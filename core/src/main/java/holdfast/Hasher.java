package holdfast;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 truncated to 16 bytes: the one cryptographic hash of Holdfast, used for entry hashes, chain hashes
/// and stream digests. Numbers are fed as eight little-endian bytes. An instance is reused, never shared
/// between threads; [#finish] resets it.
public final class Hasher {

    private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final MessageDigest sha;
    private final byte[] word = new byte[Long.BYTES];
    private final byte[] result = new byte[32];

    public Hasher() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    public Hasher add(long number) {
        LITTLE.set(word, 0, number);
        sha.update(word);
        return this;
    }

    public Hasher add(Digest digest) {
        return add(digest.high()).add(digest.low());
    }

    public Hasher add(Bytes bytes) {
        bytes.update(sha);
        return this;
    }

    public Digest finish() {
        try {
            sha.digest(result, 0, result.length);
        } catch (DigestException impossible) {
            throw new IllegalStateException("32 bytes hold a SHA-256", impossible);
        }
        return new Digest((long) BIG.get(result, 0), (long) BIG.get(result, Long.BYTES));
    }
}
