package discreet.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.BudgetException;
import discreet.InputException;
import discreet.RunException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class CommandFailureTest {
    private static final String RECORD = "user-4711,item-9,4.5";

    @Test
    void of_enginesErrors_saysTheirMessageWithTheirExitCode() {
        assertThat(CommandFailure.of(new InputException("Cannot a: b. Do c.")))
                .isEqualTo(new CommandFailure("Cannot a: b. Do c.", 2));
        assertThat(CommandFailure.of(new BudgetException("Cannot a: b. Do c.")).exitCode())
                .isEqualTo(3);
        assertThat(CommandFailure.of(new IllegalStateException(new RunException("Cannot a: b. Do c."))))
                .isEqualTo(new CommandFailure("Cannot a: b. Do c.", 1));
    }

    @Test
    void of_otherExceptions_neverShowsTheirText() {
        Throwable spark = new SparkException("Malformed record: " + RECORD, new NumberFormatException(RECORD));
        Throwable other = new IllegalStateException(RECORD, new RuntimeException(RECORD));

        assertThat(CommandFailure.of(spark).line())
                .contains("Spark failed in the middle (SparkException)")
                .doesNotContain("4711");
        assertThat(CommandFailure.of(other).line())
                .contains("IllegalStateException")
                .doesNotContain("4711");
        assertThat(CommandFailure.of(spark).exitCode()).isEqualTo(1);
    }

    @Test
    void of_memoryUsedUpInATask_saysWhatToDo() {
        Throwable error = new SparkException("Job aborted: java.lang.OutOfMemoryError: " + RECORD, null);

        assertThat(CommandFailure.of(error).line()).contains("-Xmx").doesNotContain("4711");
        assertThat(CommandFailure.of(new OutOfMemoryError("heap")).line()).contains("-Xmx");
    }
}
