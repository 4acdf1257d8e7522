package discreet.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import discreet.cli.CommandReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Belongs to this module because {@code discreet bench} is on no other class path. */
class CommandReferenceTest {
    private static final Path COMMITTED = Path.of("..", "..", "docs", "guide", "commands.md");

    @Test
    void markdown_ofAllCommands_isTheCommittedPage() throws IOException {
        Path generated = Files.createDirectories(Path.of("target")).resolve("commands.md");
        Files.writeString(generated, CommandReference.markdown(), UTF_8);

        assertThat(COMMITTED)
                .as("docs/guide/commands.md is stale. Renew it in the project's folder with: "
                        + "cp jobs/bench/target/commands.md docs/guide/commands.md")
                .hasSameTextualContentAs(generated, UTF_8);
    }
}
