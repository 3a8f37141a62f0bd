package holdfast.stream;

import holdfast.Check;
import holdfast.Digest;
import java.nio.ByteBuffer;

/// A receipt in the machine's image: `first u64, records u32, index u64, digest 16, closed u8`. It is always a
/// first receipt, so its seq, which the producer's line knows, was the newest then.
final class Receipts {

    static final int BYTES = 8 + 4 + 8 + 16 + 1;

    private Receipts() {}

    static void encode(ByteBuffer out, Outcome.Appended receipt) {
        out.putLong(receipt.first()).putInt((int) (receipt.next() - receipt.first())).putLong(receipt.index());
        ImageBytes.putDigest(out, receipt.digest());
        ImageBytes.putFlag(out, receipt.closed());
    }

    static Outcome.Appended decode(ByteBuffer in, long seq) {
        long first = in.getLong();
        int records = in.getInt();
        Check.that(records >= 0, "a receipt counts its records", records, 0);
        long index = in.getLong();
        Digest digest = ImageBytes.digest(in);
        return new Outcome.Appended(first, first + records, index, digest, false, ImageBytes.flag(in), seq);
    }
}
