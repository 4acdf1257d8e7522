package discreet.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ListOptionsTest {
    /** The mixin for the current catalogue is named apart from them. */
    private static final Set<String> CATALOGUE = names(new CurrentCatalogue());

    private static Set<String> names(Object options) {
        return CommandSpec.forAnnotatedObject(options).options().stream()
                .map(CommandLine.Model.OptionSpec::longestName)
                .collect(Collectors.toSet());
    }

    private static ListOptions parsed(String... arguments) {
        ListOptions options = new ListOptions();
        new CommandLine(CommandSpec.forAnnotatedObject(options)).parseArgs(arguments);
        return options;
    }

    @Test
    void names_ofTheConstant_areThoseOfTheOptions() {
        Set<String> options = names(new ListOptions());
        options.removeAll(CATALOGUE);

        assertThat(options).containsExactlyInAnyOrderElementsOf(Arrays.asList(ListOptions.NAMES.split(", ")));
    }

    @Test
    void any_eachOption_isNoticedAndNamed() {
        assertThat(parsed().any()).isFalse();
        for (List<String> given :
                List.of(List.of("--filter", "a=b"), List.of("--exclude", "x.csv"), List.of("--diversify", "2"))) {
            ListOptions options = parsed(given.toArray(String[]::new));
            assertThat(options.any()).isTrue();
            assertThat(options.inWords()).contains(given.get(0));
        }
    }
}
