package discreet.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsTest {
    @AfterEach
    void clear() {
        System.clearProperty(Threads.PROPERTY);
    }

    @Test
    void count_byDefault_isTheNumberOfProcessors() {
        assertThat(Threads.count()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void count_property_isUsed() {
        System.setProperty(Threads.PROPERTY, " 3 ");
        assertThat(Threads.count()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1025", "many", "1.5"})
    void count_nonsense_isRefused(String value) {
        System.setProperty(Threads.PROPERTY, value);
        assertThatIllegalArgumentException()
                .isThrownBy(Threads::count)
                .withMessage("discreet.threads must be a whole number from 1 to 1024. Provided value: " + value);
    }
}
