package holdfast.sim.disk;

/// Which files a fault may hit, told by the beginning of the name. The text is the name in plan files.
public enum FileRole {
    ANY("any", ""),
    WAL("wal", "wal-"),
    META("meta", "META"),
    SNAPSHOT("snapshot", "snap-"),
    IDENT("ident", "IDENT");

    private final String text;
    private final String prefix;

    FileRole(String text, String prefix) {
        this.text = text;
        this.prefix = prefix;
    }

    public String text() {
        return text;
    }

    public boolean matches(String file) {
        return file.startsWith(prefix);
    }

    /// The role of that text, or null.
    public static FileRole of(String text) {
        for (FileRole role : values()) {
            if (role.text.equals(text)) {
                return role;
            }
        }
        return null;
    }
}
