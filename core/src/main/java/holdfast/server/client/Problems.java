package holdfast.server.client;

/// Reads the problem documents of our servers (RFC 9457).
public final class Problems {

    private Problems() {}

    /// What went wrong, in the server's sentence.
    public static String sentence(Called.Answered answer) {
        String detail = JsonFields.text(answer.body().utf8(), "detail");
        return detail.isEmpty() ? "HTTP status " + answer.status() : detail;
    }

    /// Why a call was not answered well.
    public static String sentence(Called called) {
        return switch (called) {
            case Called.Answered answer -> sentence(answer);
            case Called.NotSent(String why) -> "no node can be reached: " + why;
            case Called.Silent(String why) -> "no answer: " + why;
        };
    }

    /// The last word of the problem's type, such as `stream-closed`; empty if there is none.
    public static String type(Called.Answered answer) {
        String type = JsonFields.text(answer.body().utf8(), "type");
        return type.substring(type.lastIndexOf(':') + 1);
    }

    /// Whether the server knows that nothing was written.
    public static boolean isNotWritten(Called.Answered answer) {
        return JsonFields.text(answer.body().utf8(), "outcome").equals("not-written");
    }
}
