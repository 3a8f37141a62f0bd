package holdfast.server.config;

import holdfast.Digest;
import holdfast.wal.StoreId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Throws words, variables and files at the configuration: mostly real ones with a little damage. The test runs
/// some; `main` as many as it is told, with the count and the seed as arguments.
final class ConfigFuzz {

    private static final List<String> VALUES = List.of(
            "1", "2", "500", "1000", "16m", "64k", "1g", "debug", "yes", "no", "127.0.0.1:4437", "[::1]:80", "a",
            "1=127.0.0.1:1,2=127.0.0.1:2,3=127.0.0.1:3", "data", "", "-1", "99999999999999999999", "0.0.0.0:0");
    private static final int SENTENCE_MAX = 20_000;

    private final SplittableRandom random;
    private long accepted;
    private long refused;

    ConfigFuzz(long seed) {
        random = new SplittableRandom(seed);
    }

    public static void main(String[] words) {
        long inputs = Long.parseLong(words[0]);
        ConfigFuzz fuzz = new ConfigFuzz(words.length > 1 ? Long.parseLong(words[1]) : 1);
        fuzz.run(inputs);
        System.out.println(inputs + " inputs, " + fuzz.accepted + " accepted, " + fuzz.refused + " refused");
    }

    void run(long inputs) {
        for (long i = 0; i < inputs; i++) {
            one();
        }
    }

    long accepted() {
        return accepted;
    }

    long refused() {
        return refused;
    }

    private void one() {
        List<String> words = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String flag = "--" + name();
            if (random.nextBoolean()) {
                words.add(flag + "=" + value());
            } else {
                words.add(flag);
                words.add(value());
            }
        }
        Map<String, String> environment = new TreeMap<>();
        if (random.nextInt(4) == 0) {
            environment.put("HOLDFAST_" + name().toUpperCase(java.util.Locale.ROOT).replace('-', '_'), value());
        }
        String text = random.nextInt(3) == 0 ? file() : "";
        if (!text.isEmpty()) {
            environment.put("HOLDFAST_CONFIG", "f");
        }
        judge(Settings.gather(words, environment, _ -> new Given.Good<>(text)));
    }

    private void judge(Given<Settings> given) {
        switch (given) {
            case Given.Bad<Settings>(String sentence) -> said(sentence);
            case Given.Good<Settings>(Settings settings) -> {
                switch (ServerConfig.of(settings)) {
                    case Given.Bad<ServerConfig>(String sentence) -> said(sentence);
                    case Given.Good<ServerConfig>(ServerConfig config) -> {
                        accepted++;
                        NodeSettings.of(config, new StoreId(new Digest(1, 1), 1, new Digest(1, 2)), _ -> 0);
                    }
                }
            }
        }
    }

    private void said(String sentence) {
        refused++;
        if (sentence.isBlank() || sentence.length() > SENTENCE_MAX) {
            throw new AssertionError("a refusal is a sentence: '" + sentence + "'");
        }
    }

    private String name() {
        Setting[] settings = Setting.values();
        return damaged(settings[random.nextInt(settings.length)].written(), 20);
    }

    private String value() {
        return damaged(VALUES.get(random.nextInt(VALUES.size())), 5);
    }

    private String file() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> text.append("# ").append(value());
                case 1 -> text.append(noise());
                default -> text.append(name()).append(" = ").append(value());
            }
            text.append('\n');
        }
        return text.toString();
    }

    /// The text, and in one of `rarity` cases something like it.
    private String damaged(String text, int rarity) {
        if (random.nextInt(rarity) != 0) {
            return text;
        }
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + noise() + text.substring(Math.min(text.length(), at + random.nextInt(3)));
    }

    private String noise() {
        StringBuilder noise = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            noise.append((char) (random.nextInt(8) == 0 ? random.nextInt(0x10000) : ' ' + random.nextInt(95)));
        }
        return noise.toString();
    }
}
