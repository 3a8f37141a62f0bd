package holdfast.server.config;

import java.net.InetSocketAddress;

/// An address as people write it: `host:port`, an IPv6 host in brackets. Not resolved.
public record HostPort(String host, int port) {

    private static final int HOST_CHARACTERS_MAX = 253;
    private static final int PORT_MAX = 65_535;

    /// The address, or null if the text is none.
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            return null;
        }
        int port = port(text.substring(colon + 1));
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            return null;
        }
        return port < 0 || !isHost(host) ? null : new HostPort(host, port);
    }

    private static int port(String digits) {
        if (digits.isEmpty() || digits.length() > 5) {
            return -1;
        }
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            port = port * 10 + digit;
        }
        return port <= PORT_MAX ? port : -1;
    }

    private static boolean isHost(String host) {
        if (host.isEmpty() || host.length() > HOST_CHARACTERS_MAX) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && c != '.' && c != '-' && c != '_' && c != ':' && c != '%') {
                return false;
            }
        }
        return true;
    }

    /// May ask the name service; unresolved if that knows nothing.
    public InetSocketAddress resolved() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
