package discreet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiscreetExceptionTest {

    @Test
    void exitCode_eachKind_isAsDocumented() {
        assertThat(new RunException("x").exitCode()).isEqualTo(1);
        assertThat(new InputException("x").exitCode()).isEqualTo(2);
        assertThat(new BudgetException("x").exitCode()).isEqualTo(3);
    }
}
