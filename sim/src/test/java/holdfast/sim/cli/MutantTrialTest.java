package holdfast.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is made of the words of a campaign on a mutant.
class MutantTrialTest {

    private static MutantTrial.Outcome judge(int exit, String... lines) {
        return MutantTrial.judge(new SeedRange(1, 200), exit, List.of(lines));
    }

    @Test
    @DisplayName("a mutant survives only universes that have met what so many of them owe")
    void survival() {
        assertEquals(new MutantTrial.Outcome.Survived(200), judge(Main.HOLDS, "200 passed, 0 failed"));
        assertEquals(new MutantTrial.Outcome.Untested(200, "never reached: READ_LOCAL"),
                judge(Main.FAILED, "never reached: READ_LOCAL", "200 passed, 0 failed"));
    }

    @Test
    @DisplayName("an oracle that objects kills, whatever was met before")
    void death() {
        assertEquals(new MutantTrial.Outcome.Killed("ledger", 7),
                judge(Main.FAILED, "first failure: seed 7 after 7 universes: ledger: lost", "6 passed, 1 failed"));
    }
}
