package discreet.statement;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.privacy.Budget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GuaranteeTest {
    /** An entry added to one of the two lists belongs into the other as well. */
    @Test
    void notProtected_asManyAsInTheDocument() throws IOException {
        String document = Files.readString(Path.of("..", "..", "docs", "design", "privacy.md"));
        String section = document.substring(document.indexOf("## What is not protected"));
        String list = section.substring(0, section.indexOf("\n## "));

        assertThat(Guarantee.NOT_PROTECTED).hasSize((int)
                list.lines().filter(line -> line.startsWith("- ")).count());
    }

    @Test
    void loss_ofNothing_isNothing() {
        Statement.Loss loss = Statement.Loss.none(new Budget(1, 1e-5));

        assertThat(loss.epsilon()).isZero();
        assertThat(loss.replacedEpsilon()).isZero();
        assertThat(loss.attackerAccuracy()).isEqualTo(.5);
    }
}
