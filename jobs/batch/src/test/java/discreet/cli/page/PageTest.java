package discreet.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.samskivert.mustache.MustacheException;
import discreet.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
    private static final String HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>&{{title}}";

    @TempDir
    private Path folder;

    private static Page page(String title, String text) {
        return Page.of("plain.html", title, Map.of("heading", title, "paragraphs", List.of(text)));
    }

    @Test
    void of_hostileText_isTextOnly() {
        String html = page(HOSTILE, HOSTILE).html();

        assertThat(html)
                .doesNotContain("<script", "<img")
                .contains("<title>&lt;script&gt;")
                .contains("{{title}}");
    }

    @Test
    void of_missingValue_isAnError() {
        assertThatThrownBy(() -> Page.of("plain.html", "t", Map.of("heading", "h")))
                .isInstanceOf(MustacheException.class);
    }

    @Test
    void write_existingFile_isNotChanged() throws IOException {
        Path file = folder.resolve("page.html");
        page("first", "text").write(file);

        assertThatThrownBy(() -> page("second", "text").write(file)).isInstanceOf(InputException.class);

        assertThat(file).content().contains("first").doesNotContain("second");
        assertThat(folder.toFile().list()).containsExactly("page.html");
        assertThat(Files.getPosixFilePermissions(file))
                .anyMatch(permission -> permission.name().equals("OWNER_READ"));
    }

    @Tag("browser")
    @Test
    void browser_hostileText_runsNothingAndStyleApplies() {
        Path file = folder.resolve("page.html");
        page(HOSTILE, HOSTILE).write(file);

        try (Browser browser = Browser.start()) {
            Browser.View view = browser.open(file, Browser.NARROW);

            view.isSelfContained().isAccessible().fitsItsWidth();
            assertThat(view.text()).contains(HOSTILE);
            assertThat(view.page().title()).isEqualTo(HOSTILE);
            assertThat(view.page().evaluate("getComputedStyle(document.querySelector('main')).maxWidth"))
                    .as("the policy lets the style through")
                    .isNotEqualTo("none");
        }
    }

    /** A page that breaks every rule fails every check. */
    @Tag("browser")
    @Test
    void browser_brokenPage_failsEveryCheck() throws IOException {
        Path file = folder.resolve("broken.html");
        Files.writeString(
                file,
                "<html><body><h1>a</h1><h3>b</h3><svg></svg><p style='color:#999'>faint</p>"
                        + "<div style='width:2000px'>wide</div><script>console.error('x')</script>"
                        + "<img src='http://127.0.0.1:9/x.png'></body></html>");

        try (Browser browser = Browser.start()) {
            Browser.View view = browser.open(file, Browser.WIDE);

            assertThatThrownBy(view::fitsItsWidth).isInstanceOf(AssertionError.class);
            assertThatThrownBy(view::isSelfContained).isInstanceOf(AssertionError.class);
            assertThatThrownBy(view::isAccessible).isInstanceOf(AssertionError.class);
        }
    }
}
