package holdfast.stream;

/// Media types as far as the machine compares them (RFC 9110 §8.3.1): type and subtype, in any case, without
/// the parameters and the blanks around them.
///
/// Only A to Z have another case here, and only space and tab are blanks. What Unicode says of other characters changes
/// with the version of the JDK, and two nodes with different ones must not decide differently.
public final class ContentTypes {

    private static final int TO_LOWER = 'a' - 'A';

    private ContentTypes() {}

    public static boolean same(String one, String other) {
        return essence(one).equals(essence(other));
    }

    private static String essence(String contentType) {
        int semicolon = contentType.indexOf(';');
        int from = 0;
        int to = semicolon < 0 ? contentType.length() : semicolon;
        while (from < to && isBlank(contentType.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(contentType.charAt(to - 1))) {
            to--;
        }
        StringBuilder folded = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = contentType.charAt(i);
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + TO_LOWER) : c);
        }
        return folded.toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
