package holdfast.server.http;

import java.util.Arrays;

/// A host and perhaps a port, as a Host header has them: `uri-host [ ":" port ]` (RFC 9110 §7.2, RFC 3986 §3.2.2). No user,
/// no list, no path.
final class Authority {

    private static final String UNRESERVED_MARKS = "-._~";
    private static final String SUB_DELIMITERS = "!$&'()*+,;=";
    private static final int GROUPS = 8;
    private static final int GROUP_DIGITS_MAX = 4;
    private static final int BYTE_MAX = 255;

    private Authority() {}

    /// An empty host is one: a target that names none has it.
    static boolean isValid(String text) {
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : endOfName(text);
        if (end == 0 && text.startsWith("[") || text.startsWith("[") && !isLiteral(text.substring(1, end - 1))) {
            return false;
        }
        return end == text.length() || text.charAt(end) == ':' && isPort(text.substring(end + 1));
    }

    private static boolean isPort(String text) {
        return Tokens.isDecimal(text, 0, Integer.MAX_VALUE);
    }

    /// Where a registered name ends; IPv4 addresses are such names.
    private static int endOfName(String text) {
        int at = 0;
        while (at < text.length()) {
            if (isNameChar(text.charAt(at))) {
                at++;
            } else if (isEscape(text, at)) {
                at += 3;
            } else {
                return at;
            }
        }
        return at;
    }

    static boolean isNameChar(char c) {
        return Tokens.isLetterOrDigit(c) || UNRESERVED_MARKS.indexOf(c) >= 0 || SUB_DELIMITERS.indexOf(c) >= 0;
    }

    /// Whether a percent sign and two hexadecimal digits stand there.
    static boolean isEscape(String text, int at) {
        return at + 2 < text.length() && text.charAt(at) == '%'
                && Tokens.isHex(text.charAt(at + 1)) && Tokens.isHex(text.charAt(at + 2));
    }

    private static boolean isLiteral(String text) {
        return text.startsWith("v") || text.startsWith("V") ? isFuture(text) : isIpv6(text);
    }

    private static boolean isFuture(String text) {
        int dot = text.indexOf('.');
        return dot > 1 && dot + 1 < text.length()
                && text.substring(1, dot).chars().allMatch(c -> Tokens.isHex((char) c))
                && text.substring(dot + 1).chars().allMatch(c -> c == ':' || isNameChar((char) c));
    }

    /// Eight groups, or fewer with one gap; the last two may be written as an IPv4 address.
    private static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == GROUPS;
        }
        String before = text.substring(0, gap);
        String behind = text.substring(gap + 2);
        int left = before.isEmpty() ? 0 : groups(before, false);
        int right = behind.isEmpty() ? 0 : groups(behind, true);
        return left >= 0 && right >= 0 && left + right < GROUPS;
    }

    /// How many groups these are, or so few that it is negative.
    private static int groups(String text, boolean mayEndAsIpv4) {
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            if (mayEndAsIpv4 && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                return isIpv4(parts[i]) ? count + 2 : -GROUPS;
            }
            boolean isGroup = !parts[i].isEmpty() && parts[i].length() <= GROUP_DIGITS_MAX
                    && parts[i].chars().allMatch(c -> Tokens.isHex((char) c));
            if (!isGroup) {
                return -GROUPS;
            }
            count++;
        }
        return count;
    }

    private static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        return parts.length == 4 && Arrays.stream(parts).allMatch(Authority::isDecimalByte);
    }

    private static boolean isDecimalByte(String text) {
        boolean hasLeadingZero = text.length() > 1 && text.charAt(0) == '0';
        return Tokens.isDecimal(text, 1, 3) && !hasLeadingZero && Integer.parseInt(text) <= BYTE_MAX;
    }
}
