package holdfast.sim.disk;

/// Which files a fault may hit, told by the beginning of the name, or by its end. The text is the name in plan files.
public enum FileRole {
    ANY("any", "", ""),
    WAL("wal", "wal-", ""),
    META("meta", "META", ""),
    SNAPSHOT("snapshot", "snap-", ""),
    IDENT("ident", "IDENT", ""),
    /// Files under construction: all that a full disk has no room for, because the others have theirs already.
    UNFINISHED("unfinished", "", ".tmp");

    private final String text;
    private final String prefix;
    private final String suffix;

    FileRole(String text, String prefix, String suffix) {
        this.text = text;
        this.prefix = prefix;
        this.suffix = suffix;
    }

    public String text() {
        return text;
    }

    public boolean matches(String file) {
        return file.startsWith(prefix) && file.endsWith(suffix);
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
