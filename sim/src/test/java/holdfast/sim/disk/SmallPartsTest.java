package holdfast.sim.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import holdfast.Bytes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The parts that plans and profiles are made of.
class SmallPartsTest {

    @Test
    @DisplayName("every name that a plan may contain leads back to its constant")
    void names() {
        for (FsProfile profile : FsProfiles.all()) {
            assertSame(profile, FsProfiles.named(profile.name()));
        }
        for (FaultKind kind : FaultKind.values()) {
            assertSame(kind, FaultKind.of(kind.text()));
        }
        for (FileRole role : FileRole.values()) {
            assertSame(role, FileRole.of(role.text()));
        }
        for (PowerCutKeep keep : PowerCutKeep.values()) {
            assertSame(keep, PowerCutKeep.of(keep.text()));
        }
        for (DiskMoment.Act act : DiskMoment.Act.values()) {
            assertSame(act, DiskMoment.Act.of(act.text()));
        }
        for (DiskFault.Span span : DiskFault.Span.values()) {
            assertSame(span, DiskFault.Span.of(span.text()));
        }
        for (DiskFault.Extent extent : DiskFault.Extent.values()) {
            assertSame(extent, DiskFault.Extent.of(extent.text()));
        }
        assertNull(FsProfiles.named("fat"));
        assertNull(FaultKind.of("coffee"));
    }

    @Test
    @DisplayName("errseq: an unseen error is replaced, a seen one counted on")
    void errorSequence() {
        int eio = ErrorSequence.withError(ErrorSequence.NONE, Answer.EIO);
        assertEquals(ErrorSequence.NONE, ErrorSequence.sample(eio));
        int both = ErrorSequence.withError(eio, Answer.ENOSPC);
        assertEquals(Answer.ENOSPC, ErrorSequence.error(both));
        int seen = ErrorSequence.seen(both);
        assertEquals(seen, ErrorSequence.sample(seen));
        int again = ErrorSequence.withError(seen, Answer.ENOSPC);
        assertEquals(false, again == both, "the counter tells the second from the first");
        assertEquals(ErrorSequence.NONE, ErrorSequence.sample(again));
    }

    @Test
    @DisplayName("pages: parts of pages replace parts of pages, zeros need no page")
    void pages() {
        Bytes page = DiskScript.page('A');
        Bytes mixed = Page.overwrite(page, 512, DiskScript.page('B'), 0, 1024);
        assertEquals("ABBAAAAA", DiskScript.letters(mixed));
        Bytes last = Page.mixSectors(page, DiskScript.page('B'), 0x80);
        assertEquals("A000000B", DiskScript.letters(Page.mixSectors(null, last, 0x81)));
        assertEquals("AB000000", DiskScript.letters(Page.cut(mixed, 1024)));
        assertEquals(true, Page.isSame(null, Bytes.wrap(new byte[Page.SIZE])));
        assertEquals(8_192, Page.gather(p -> p == 0 ? page : null, 4_000, 12_192).size());
        assertEquals("0", DiskScript.letters(Page.gather(p -> null, 4_096, 8_192)));
    }

    @Test
    @DisplayName("pages: where two of them differ")
    void differences() {
        Bytes page = DiskScript.page('A');
        Bytes other = Page.overwrite(page, 510, DiskScript.page('B'), 0, 1_500);
        assertEquals("510 2009 15", Page.firstDifference(page, other) + " " + Page.lastDifference(page, other)
                + " " + Page.differentSectors(other, page));
        assertEquals("4096 -1 0", Page.firstDifference(page, page) + " " + Page.lastDifference(page, page)
                + " " + Page.differentSectors(page, page));
        assertEquals("0 4095 255", Page.firstDifference(null, page) + " " + Page.lastDifference(page, null)
                + " " + Page.differentSectors(null, page));
    }

    @Test
    @DisplayName("a file cut and grown again shows zeros where its old blocks were")
    void noOldBlocks() {
        assertEquals("0 0 B", DiskScript.run("ext4-ordered", 3, "zero 1; quiet-sync; write 2 B; read 0; read 1; read 2"));
        assertEquals("ok 0 0 B",
                DiskScript.run("ext4-ordered", 3, "zero 1; write 2 B; sync; remount; read 0; read 1; read 2"));
        assertEquals("0 0 C", DiskScript.run("xfs", 1, "write 1 B; write-back; zero 1; write 2 C; read 0; read 1; read 2"));
    }
}
