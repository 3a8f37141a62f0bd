package holdfast.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Probe;
import holdfast.node.MessageCodec;
import holdfast.node.Packet;
import holdfast.raft.HardState;
import holdfast.raft.Message;
import holdfast.stream.CommandCodec;
import holdfast.stream.StreamMachine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The worked example of `docs/format.md`: the document is read, not copied. Its bytes are those that the production
/// code writes, each line says what its bytes are, and the production code reads them back.
class FormatExampleTest {

    private static final String SEGMENT = "wal-0000000002.log";
    private static final Checksum CHECKSUM = Checksum.of(FormatExample.CONFIG.storeId());

    /// One line of a block: bytes at `at`, and what they are.
    private record Field(int at, byte[] bytes, String type, String name, String value) {}

    private record Block(String part, int position, byte[] bytes, List<Field> fields) {

        String value(String name) {
            return fields.stream().filter(field -> field.name().equals(name)).findFirst().orElseThrow().value();
        }
    }

    private final TreeMap<String, Bytes> parts = FormatExample.parts();
    private final List<Block> blocks = read();

    // ---- reading the document ------------------------------------------------------------------------------

    private static List<Block> read() {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = null;
        String head = "";
        for (String line : document()) {
            if (line.startsWith("```hex ")) {
                head = line.substring("```hex ".length());
                lines = new ArrayList<>();
            } else if (line.equals("```") && lines != null) {
                blocks.add(block(head.split(" "), lines));
                lines = null;
            } else if (lines != null) {
                lines.add(line);
            }
        }
        return blocks;
    }

    private static List<String> document() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/format.md"))) {
            folder = folder.getParent();
        }
        try {
            return Files.readAllLines(folder.resolve("docs/format.md"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Block block(String[] head, List<String> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Field> fields = new ArrayList<>();
        for (String line : lines) {
            String[] halves = line.split(";", 2);
            byte[] field = bytes(halves[0].strip());
            String[] words = halves[1].strip().split(" ", 3);
            String value = words.length < 3 ? "" : words[2].replaceFirst("^(= |of )", "");
            fields.add(new Field(bytes.size(), field, words[0], words[1], value));
            bytes.writeBytes(field);
        }
        return new Block(head[0], Integer.parseInt(head[1]), bytes.toByteArray(), fields);
    }

    private static byte[] bytes(String hex) {
        return hex.startsWith("00 * ")
                ? new byte[Integer.parseInt(hex.substring("00 * ".length()))]
                : HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    // ---- what it says --------------------------------------------------------------------------------------

    @Test
    @DisplayName("its bytes are the ones that the code writes, and every kind of structure is shown")
    void bytesAreWritten() {
        for (Block block : blocks) {
            Bytes part = parts.get(block.part());
            int end = block.position() + block.bytes().length;
            assertEquals(
                    HexFormat.of().formatHex(part.slice(block.position(), end).toArray()),
                    HexFormat.of().formatHex(block.bytes()),
                    () -> block.part() + " at " + block.position());
        }
        List<String> shown = blocks.stream().map(Block::part).distinct().toList();
        assertEquals(
                List.of("IDENT", "META.A", SEGMENT, "snap-0000000000000000003-0000000000000000002.snap",
                        "create", "append", "vote-request", "append-entries"),
                shown);
        assertEquals(18, blocks.size());
    }

    @Test
    @DisplayName("every field has the value that stands behind it")
    void fieldsHaveTheirValues() {
        int fields = 0;
        for (Block block : blocks) {
            for (Field field : block.fields()) {
                assertEquals(field.value(), told(block, field), () ->
                        block.part() + " at " + block.position() + ": " + field.name());
                fields++;
            }
        }
        assertTrue(fields > 200, "the example is a whole one");
    }

    /// What the bytes say, in the words of the document.
    private static String told(Block block, Field field) {
        ByteBuffer in = ByteBuffer.wrap(field.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        return switch (field.type()) {
            case "ascii" -> new String(field.bytes(), StandardCharsets.UTF_8);
            case "u8" -> Integer.toString(Byte.toUnsignedInt(in.get()));
            case "u16" -> Integer.toString(Short.toUnsignedInt(in.getShort()));
            case "u32" -> Integer.toUnsignedString(in.getInt());
            case "i64" -> Long.toString(in.getLong());
            case "digest" -> HexFormat.of().formatHex(field.bytes());
            case "words" -> HexFormat.of().toHexDigits(in.getLong()) + HexFormat.of().toHexDigits(in.getLong());
            case "zeros" -> {
                assertTrue(Raw.isZero(Arrays.copyOf(field.bytes(), Raw.BLOCK), 0, Raw.BLOCK));
                yield field.value();
            }
            case "crc" -> checked(field, in.getInt(), (from, to) -> Raw.crc(block.bytes(), from, to));
            case "ocrc" -> checked(field, in.getInt(), (from, to) -> CHECKSUM.of(block.bytes(), from, to));
            default -> throw new IllegalArgumentException(field.type());
        };
    }

    private static String checked(Field field, int said, IntBinaryOperator crc) {
        String[] range = field.value().split("\\.\\.");
        assertEquals(crc.applyAsInt(Integer.parseInt(range[0]), Integer.parseInt(range[1])), said, field.name());
        return field.value();
    }

    @Test
    @DisplayName("the code reads the same out of it")
    void codeReadsIt() {
        StoreId owner = FormatExample.CONFIG.storeId();
        assertEquals(new IdentRecord(owner, 0), IdentRecord.decode(blocks.get(0).bytes()));
        assertEquals(new MetaRecord(owner, 7, new HardState(3, 0), 2), MetaRecord.decode(blocks.get(1).bytes()));
        SegmentHeader header = SegmentHeader.decode(parts.get(SEGMENT).toArray());
        assertEquals(blocks.get(2).value("segmentBytes"), Integer.toString(header.segmentBytes()));
        assertEquals(12_288, header.dataPosition());
        Descriptor descriptor = Descriptor.decode(CHECKSUM, blocks.get(3).bytes(), 0);
        assertEquals(blocks.get(3).value("entryHash"), descriptor.hash().toString());

        List<FrameKind> kinds = new ArrayList<>();
        for (Block block : blocks.subList(4, 13)) {
            Frame frame = Frame.decode(
                    CHECKSUM, Bytes.wrap(block.bytes()), 0, 2, block.position(), new byte[Frame.HEADER_BYTES]);
            assertEquals(block.value("index"), Long.toString(frame.index()));
            assertEquals(block.value("term"), Long.toString(frame.term()));
            assertEquals(block.value("chainHash"), frame.chain().toString());
            kinds.add(frame.kind());
        }
        assertEquals(
                List.of(FrameKind.CONFIG, FrameKind.SEAL, FrameKind.ENTRY, FrameKind.ENTRY, FrameKind.ENTRY,
                        FrameKind.SEAL, FrameKind.TRUNCATE, FrameKind.ENTRY, FrameKind.SEAL),
                kinds);

        Snapshot snapshot = SnapshotFile.decode(Bytes.wrap(blocks.get(13).bytes()));
        assertEquals(3, snapshot.last().index());
        assertEquals(FormatExample.FOUNDED, snapshot.membership());
        assertEquals(snapshot.image(), StreamMachine.decode(snapshot.image(), Probe.NONE).encode());
        assertEquals(FormatExample.CREATE, CommandCodec.decode(Bytes.wrap(blocks.get(14).bytes())));
        assertEquals(FormatExample.APPEND, CommandCodec.decode(Bytes.wrap(blocks.get(15).bytes())));
        assertEquals(
                new Packet(FormatExample.SENDER, new Message.VoteRequest(3, 4, 2, false)),
                MessageCodec.decode(1, Bytes.wrap(blocks.get(16).bytes())));
        Message.AppendEntries entries = (Message.AppendEntries)
                MessageCodec.decode(1, Bytes.wrap(blocks.get(17).bytes())).message();
        assertEquals(blocks.get(17).value("previous.chain"), entries.previous().chain().toString());
        assertEquals(FormatExample.CREATE, CommandCodec.decode(entries.entries().getFirst().payload()));
    }

    @Test
    @DisplayName("the store of the example starts, with what it says")
    void storeStarts() {
        FakeDisk disk = new FakeDisk();
        for (String file : parts.keySet()) {
            if (file.contains(".") || file.equals("IDENT")) {
                disk.put(file, parts.get(file).toArray());
            }
        }
        Host host = new Host(disk, FormatExample.CONFIG);
        host.run();
        assertEquals("", host.refusal());
        assertEquals(new HardState(3, 0), host.ready.hardState());
        assertEquals(3, host.ready.base().index());
        assertEquals(1, host.ready.entries().size());
        assertEquals(3, host.ready.entries().getFirst().term());
    }
}
