package holdfast.server.streams;

import holdfast.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// JSON texts (RFC 8259) cut into messages, byte for byte: nothing is parsed into values and written again, so
/// no number and no spelling changes.
///
/// Recursive, with a bound on the depth. A body of megabytes can hold millions of messages: the splitter stops at the
/// first one beyond the bound, and keeps nothing but a view of the body for each one before it.
final class Json {

    static final int DEPTH_MAX = 256;

    private static final int END = -1;
    private static final int DECODED_AT_ONCE = 1_024;

    /// What became of a body.
    sealed interface Split {

        /// The messages in their order.
        record Messages(List<Bytes> messages) implements Split {}

        /// An array of more messages than the bound. What follows the last one looked at may be anything.
        record TooMany() implements Split {}

        /// Not JSON, not UTF-8, or nested too deeply.
        record NotJson() implements Split {}
    }

    private final Bytes text;
    private final int messagesMax;
    private final List<Bytes> elements = new ArrayList<>();
    private boolean isArray;
    private int at;

    /// Not JSON: thrown and caught in this class only.
    private static final class Bad extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Bad() {
            super(null, null, false, false);
        }
    }

    /// One message too many: thrown and caught in this class only.
    private static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Full() {
            super(null, null, false, false);
        }
    }

    /// The messages of a body. An array is one message per element, one level deep; anything else is one message.
    static Split split(Bytes body, int messagesMax) {
        Json json = new Json(body, messagesMax);
        try {
            json.document();
            checkUtf8(body);
        } catch (Full _) {
            return new Split.TooMany();
        } catch (Bad | CharacterCodingException _) {
            return new Split.NotJson();
        }
        return new Split.Messages(json.elements);
    }

    /// One array of the messages.
    static Bytes array(List<Bytes> messages) {
        int size = 2 + Math.max(0, messages.size() - 1);
        for (Bytes message : messages) {
            size += message.size();
        }
        byte[] array = new byte[size];
        array[0] = '[';
        int to = 1;
        for (Bytes message : messages) {
            if (to > 1) {
                array[to++] = ',';
            }
            message.copyTo(array, to);
            to += message.size();
        }
        array[to] = ']';
        return Bytes.wrap(array);
    }

    private Json(Bytes text, int messagesMax) {
        this.text = text;
        this.messagesMax = messagesMax;
    }

    /// In place: a body is not copied to be looked at.
    private static void checkUtf8(Bytes body) throws CharacterCodingException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = body.buffer();
        CharBuffer dropped = CharBuffer.allocate(DECODED_AT_ONCE);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            dropped.clear();
            result = decoder.decode(bytes, dropped, true);
        }
        if (result.isError()) {
            result.throwException();
        }
    }

    private void document() {
        blanks();
        isArray = peek() == '[';
        int from = at;
        value(0);
        if (!isArray) {
            elements.add(text.slice(from, at));
        }
        blanks();
        require(peek() == END);
    }

    private void value(int depth) {
        require(depth < DEPTH_MAX);
        switch (peek()) {
            case '[' -> array(depth);
            case '{' -> object(depth);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void array(int depth) {
        at++;
        blanks();
        if (peek() == ']') {
            at++;
            return;
        }
        while (true) {
            blanks();
            if (depth == 0 && elements.size() == messagesMax) {
                throw new Full();
            }
            int from = at;
            value(depth + 1);
            if (depth == 0 && isArray) {
                elements.add(text.slice(from, at));
            }
            if (endsWith(']')) {
                return;
            }
        }
    }

    private void object(int depth) {
        at++;
        blanks();
        if (peek() == '}') {
            at++;
            return;
        }
        while (true) {
            blanks();
            require(peek() == '"');
            string();
            blanks();
            require(next() == ':');
            blanks();
            value(depth + 1);
            if (endsWith('}')) {
                return;
            }
        }
    }

    /// After an element: a comma, or the end.
    private boolean endsWith(char end) {
        blanks();
        int c = next();
        require(c == ',' || c == end);
        return c == end;
    }

    private void string() {
        at++;
        while (true) {
            int c = next();
            if (c == '"') {
                return;
            }
            require(c >= ' ');
            if (c == '\\') {
                escape();
            }
        }
    }

    private void escape() {
        int c = next();
        if (c != 'u') {
            require(c != END && "\"\\/bfnrt".indexOf(c) >= 0);
            return;
        }
        for (int i = 0; i < 4; i++) {
            require(Character.digit(next(), 16) >= 0);
        }
    }

    private void number() {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
    }

    private void digits() {
        require(peek() >= '0' && peek() <= '9');
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++) {
            require(next() == word.charAt(i));
        }
    }

    private void blanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            at++;
        }
    }

    private int peek() {
        return at < text.size() ? Byte.toUnsignedInt(text.get(at)) : END;
    }

    private int next() {
        int c = peek();
        at++;
        return c;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new Bad();
        }
    }
}
