package holdfast.server.http;

import holdfast.Bytes;

/// A body whose length was given.
final class FixedBody implements BodyReader {

    private final int length;
    private final Gathering gathered = new Gathering();

    FixedBody(int length) {
        this.length = length;
    }

    @Override
    public int feed(byte[] bytes, int from, int to) {
        int taken = Math.min(to - from, length - gathered.size());
        gathered.add(bytes, from, taken, length);
        return from + taken;
    }

    @Override
    public int size() {
        return gathered.size();
    }

    @Override
    public int capacity() {
        return gathered.capacity();
    }

    @Override
    public boolean isUntouched() {
        return gathered.size() == 0;
    }

    @Override
    public boolean isComplete() {
        return gathered.size() == length;
    }

    @Override
    public RequestParser.Failure failure() {
        return null;
    }

    @Override
    public Bytes bytes() {
        return gathered.toBytes();
    }
}
