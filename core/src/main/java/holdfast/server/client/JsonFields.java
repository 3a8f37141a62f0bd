package holdfast.server.client;

/// Finds members in JSON that a node of ours has written: the first of a name, without nesting, without escapes
/// in what is looked for.
public final class JsonFields {

    private JsonFields() {}

    /// The number, or 0 if there is none.
    public static long number(String json, String name) {
        int at = valueOf(json, name);
        int end = at;
        while (end >= 0 && end < json.length() && (Character.isDigit(json.charAt(end)) || json.charAt(end) == '-')) {
            end++;
        }
        return at < 0 || end == at ? 0 : Long.parseLong(json.substring(at, end));
    }

    /// The text, or an empty one if there is none.
    public static String text(String json, String name) {
        int at = valueOf(json, name);
        if (at < 0 || at >= json.length() || json.charAt(at) != '"') {
            return "";
        }
        int end = json.indexOf('"', at + 1);
        return end < 0 ? "" : json.substring(at + 1, end);
    }

    private static int valueOf(String json, String name) {
        String member = "\"" + name + "\":";
        int at = json.indexOf(member);
        return at < 0 ? -1 : at + member.length();
    }
}
