package holdfast.sim.disk;

import holdfast.Bytes;
import holdfast.env.DiskResult;
import holdfast.sim.kernel.Entropy;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.TreeMap;

/// A file system driven by lines like `write 0 B; fail; sync; read 0`, so that a test is a row of a table: script
/// on the left, what was seen on the right. The file begins with pages of `A`, synced, and descriptor 1 open.
final class DiskScript {

    static final String FILE = "f";

    private SimFileSystem fs;
    private final TreeMap<String, OpenFile> open = new TreeMap<>();
    private final StringJoiner seen = new StringJoiner(" ");
    private long moment;

    private DiskScript(FsProfile profile, int pages) {
        fs = new SimFileSystem(1, profile, new Entropy(7));
        OpenFile stale = fs.openOrCreate("deleted");
        fs.write(stale, 0, page('S'));
        fs.sync(stale);
        fs.syncDirectory();
        fs.delete("deleted");
        open.put("1", fs.openOrCreate(FILE));
        for (int i = 0; i < pages; i++) {
            fs.write(open.get("1"), (long) i * Page.SIZE, page('A'));
        }
        fs.sync(open.get("1"));
        fs.syncDirectory();
    }

    /// What the script saw. A word is a sync's answer (`ok`, `EIO` ...), a page's letter (`0` zeros, `EOF`, eight
    /// letters if its sectors differ), a size in pages, or a page's state.
    static String run(String profile, int pages, String script) {
        DiskScript machine = new DiskScript(FsProfiles.named(profile), pages);
        for (String line : script.split(";")) {
            machine.perform(line.strip().split(" "));
        }
        return machine.seen.toString();
    }

    private void perform(String[] words) {
        moment++;
        String argument = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "write" -> write(argument, words[2]);
            case "zero" -> fs.zeroFill(open.get("1"), Long.parseLong(argument) * Page.SIZE);
            case "sync" -> seen.add(answer(fs.sync(open.get(argument.isEmpty() ? "1" : argument))));
            case "quiet-sync" -> fs.sync(open.get("1"));
            case "sync-dir" -> seen.add(answer(fs.syncDirectory()));
            case "create" -> seen.add(fs.openOrCreate(argument) == null ? fs.refusal().name() : "ok");
            case "read" -> seen.add(read(Integer.parseInt(argument)));
            case "size" -> seen.add(Long.toString(fs.find(FILE).size() / Page.SIZE));
            case "state" -> seen.add(state(Integer.parseInt(argument)));
            case "phantoms" -> seen.add(Integer.toString(fs.phantomPages()));
            case "evict" -> fs.evict(fs.find(FILE));
            case "evict-inode" -> fs.evictInode(fs.find(FILE));
            case "write-back" -> fs.writeBack(fs.find(FILE), page -> true);
            case "open" -> open.put(argument, fs.openOrCreate(words.length > 2 ? words[2] : FILE));
            case "close" -> fs.close(open.remove(argument));
            default -> fault(words[0], argument, words);
        }
    }

    private void fault(String word, String argument, String[] words) {
        switch (word) {
            case "fail" -> failWriteBack(argument, words);
            case "arm" -> fs.faults().arm(DiskFault.once(FaultKind.of(argument), FileRole.ANY), moment);
            case "bad" -> fs.faults().arm(DiskFault.always(FaultKind.of(argument), FileRole.ANY), moment);
            case "heal" -> fs.faults().clear();
            case "latent" -> MediaDamage.latentError(fs, fs.find(FILE), Long.parseLong(argument));
            case "rot" -> MediaDamage.rot(fs, fs.find(FILE), Long.parseLong(argument), 1);
            case "restart" -> {
                fs.processCrash();
                open.clear();
                open.put("1", fs.open(FILE));
            }
            case "remount" -> cut(PowerCutKeep.ALL);
            case "cut" -> cut(PowerCutKeep.of(argument));
            default -> throw new IllegalArgumentException(word);
        }
    }

    private void failWriteBack(String page, String[] words) {
        DiskFault fault = DiskFault.once(FaultKind.WRITE_BACK, FileRole.ANY);
        if (page.isEmpty()) {
            fs.faults().arm(fault, moment);
        } else {
            int sectors = words.length > 2 ? 1 << Integer.parseInt(words[2]) : Page.ALL_SECTORS;
            fs.faults().armSectors(fault, Integer.parseInt(page), sectors);
        }
    }

    private void cut(PowerCutKeep keep) {
        fs = PowerCut.of(fs, moment, keep);
        open.clear();
        open.put("1", fs.open(FILE));
    }

    private void write(String page, String letter) {
        DiskResult result = fs.write(open.get("1"), Long.parseLong(page) * Page.SIZE, page(letter.charAt(0)));
        if (!(result instanceof DiskResult.Done)) {
            seen.add("write:" + answer(result));
        }
    }

    private String read(int page) {
        OpenFile file = fs.open(FILE);
        if (file == null) {
            return "EIO";
        }
        DiskResult result = fs.read(file, (long) page * Page.SIZE, Page.SIZE);
        fs.close(file);
        return switch (result) {
            case DiskResult.Data data -> letters(data.bytes());
            case DiskResult.Failed _ -> answer(result);
            case DiskResult.Done _, DiskResult.Listing _ -> throw new IllegalStateException("no read ends so");
        };
    }

    private String state(int page) {
        Inode inode = fs.find(FILE);
        return inode.isDirty(page) ? "dirty" : inode.isCached(page) ? "clean" : "gone";
    }

    static Bytes page(char letter) {
        byte[] bytes = new byte[Page.SIZE];
        Arrays.fill(bytes, (byte) letter);
        return Bytes.wrap(bytes);
    }

    static String letters(Bytes page) {
        if (page.isEmpty()) {
            return "EOF";
        }
        StringBuilder letters = new StringBuilder();
        for (int at = 0; at < page.size(); at += Page.SECTOR) {
            byte letter = page.get(at);
            letters.append(letter == 0 ? '0' : letter >= 'A' && letter <= 'Z' ? (char) letter : '?');
        }
        String first = letters.substring(0, 1);
        return letters.toString().equals(first.repeat(letters.length())) ? first : letters.toString();
    }

    static String answer(DiskResult result) {
        return result instanceof DiskResult.Failed failed
                ? failed.detail().substring(failed.detail().lastIndexOf(' ') + 1)
                : "ok";
    }
}
