package holdfast.stream;

import holdfast.Check;
import java.nio.ByteBuffer;

/// How many producers a stream knows and how long each is known for certain. They decide outcomes, so they must be the
/// same on every node: a store has one pair for its life, and its images carry it.
///
/// @param producersMax producers that a stream knows; from 1
/// @param retentionMillis a producer is not forgotten before this much time of the machine's clock has gone by since its
///     last append; from 0
public record ProducerBounds(int producersMax, long retentionMillis) {

    /// What every real store has: 4,096 producers a stream, and a quarter of an hour. The worst table takes some 4 MB of
    /// memory and 2.5 MB of an image; `docs/decisions/0014-a-forgotten-producer-is-refused.md` says why so much and no more.
    public static final ProducerBounds STANDARD = new ProducerBounds(4_096, 900_000);

    static final int BYTES = 4 + 8;

    /// More of them are not believed of an image.
    private static final int PRODUCERS_MOST = 1 << 20;

    /// `producersMax u32, retention u64`.
    void encode(ByteBuffer out) {
        out.putInt(producersMax).putLong(retentionMillis);
    }

    static ProducerBounds decode(ByteBuffer in) {
        int producers = in.getInt();
        long retention = in.getLong();
        Check.that(producers > 0 && producers <= PRODUCERS_MOST, "producers of a stream", producers, PRODUCERS_MOST);
        Check.that(retention >= 0, "a retention is no debt", retention, 0);
        return new ProducerBounds(producers, retention);
    }
}
