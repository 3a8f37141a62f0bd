package holdfast.sim.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What may be believed of a machine, after each thing that can happen to it.
class ConditionTest {

    private final Condition condition = new Condition();

    /// In one word each: whether it is excused, lied to, beyond repair.
    private void is(String excused, String lied, String beyondRepair) {
        assertEquals(excused, condition.isExcused() ? "excused" : "-");
        assertEquals(lied, condition.isLied() ? "lied" : "-");
        assertEquals(beyondRepair, condition.isBeyondRepair() ? "beyond" : "-");
    }

    @Test
    @DisplayName("a machine that nothing has happened to must keep its promises")
    void sound() {
        is("-", "-", "-");
        condition.answered(0, 0, 0);
        condition.told();
        condition.booted();
        is("-", "-", "-");
    }

    @Test
    @DisplayName("a false success excuses its node until it is told; the medium lacks something all the same")
    void lied() {
        condition.answered(1, 0, 0);
        is("excused", "lied", "beyond");
        condition.told();
        is("-", "lied", "beyond");
        condition.booted();
        is("excused", "lied", "beyond");
    }

    @Test
    @DisplayName("further answers of the disk neither end nor repeat the lie")
    void liedLongAgo() {
        condition.answered(1, 0, 0);
        condition.answered(1, 0, 0);
        condition.told();
        condition.answered(1, 0, 0);
        is("-", "lied", "beyond");
    }

    @Test
    @DisplayName("a page that the drive put wrong excuses for good: nobody will ever be told")
    void misled() {
        condition.answered(0, 1, 0);
        condition.answered(0, 0, 0);
        condition.told();
        is("excused", "lied", "beyond");
    }

    @Test
    @DisplayName("a page cache that loses pages matters only after a lie about them")
    void forgetful() {
        condition.forgot();
        assertEquals(false, condition.isForgetful());
        condition.answered(1, 0, 0);
        condition.forgot();
        assertEquals(true, condition.isForgetful());
        is("excused", "lied", "beyond");
    }

    @Test
    @DisplayName("so does a failed write-back that takes its page out of the cache: what is read next is older")
    void droppedAfterLie() {
        condition.answered(0, 0, 1);
        assertEquals(false, condition.isForgetful());
        condition.answered(1, 0, 1);
        assertEquals(false, condition.isForgetful());
        condition.answered(1, 0, 2);
        assertEquals(true, condition.isForgetful());
    }

    @Test
    @DisplayName("a rotten medium excuses for good, and is no lie")
    void rotten() {
        condition.rotted();
        condition.told();
        is("excused", "-", "beyond");
        assertEquals(true, condition.isRotten());
    }

    @Test
    @DisplayName("who is retired is excused and never comes back")
    void retired() {
        condition.retired();
        condition.booted();
        is("excused", "-", "beyond");
        assertEquals(true, condition.isRetired());
    }
}
