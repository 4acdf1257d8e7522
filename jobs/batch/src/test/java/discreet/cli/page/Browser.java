package discreet.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import discreet.cli.page.Browser.View;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Drives an installed Chromium without a window, namely {@code $CHROMIUM} or the first of the usual names on
 * the path. Without a Chromium the test is skipped, or fails if {@code CI} is set.
 */
public final class Browser implements AutoCloseable {
    /** Widths in pixels of a desktop and a telephone. */
    public static final int WIDE = 1280;

    public static final int NARROW = 390;

    private static final int HEIGHT = 900;
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        // The root user, as in most containers, cannot use the sandbox. The pages are our own files.
        chromium = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(executable).setArgs(List.of("--no-sandbox")));
    }

    public static Browser start() {
        Optional<Path> executable = find();
        if (executable.isEmpty()) {
            String missing = "There is no Chromium on the path (Debian: apt-get install chromium), nor in $CHROMIUM.";
            if (System.getenv("CI") != null) {
                fail(missing);
            }
            abort(missing);
        }
        return new Browser(executable.orElseThrow());
    }

    private static Optional<Path> find() {
        String given = System.getenv("CHROMIUM");
        if (given != null && !given.isBlank()) {
            return Optional.of(Path.of(given));
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a file as a double click would. */
    public View open(Path html, int width) {
        return open(html, width, ColorScheme.LIGHT);
    }

    /** Opens a file on a light or a dark screen. */
    public View open(Path html, int width, ColorScheme scheme) {
        Page page = chromium.newPage(new com.microsoft.playwright.Browser.NewPageOptions()
                .setViewportSize(width, HEIGHT)
                .setColorScheme(scheme));
        View view = new View(page, html.toAbsolutePath().toUri().toString(), new ArrayList<>(), new ArrayList<>());
        page.onRequest(request -> view.requests.add(request.url()));
        page.onConsoleMessage(message -> view.complaints.add(message.text()));
        page.onPageError(view.complaints::add);
        page.navigate(view.url);
        return view;
    }

    @Override
    public void close() {
        playwright.close();
    }

    /**
     * A page as a visitor sees it.
     *
     * @param requests URLs that were requested, including the page itself
     * @param complaints messages on the browser's console
     */
    public record View(Page page, String url, List<String> requests, List<String> complaints) {
        private static final double MIN_CONTRAST = 4.5;

        /** Returns all visible text. */
        public String text() {
            return page.innerText("body");
        }

        /** Asserts that the page does not scroll sideways. */
        public View fitsItsWidth() {
            assertThat(number("document.documentElement.scrollWidth"))
                    .as("needed width")
                    .isLessThanOrEqualTo(number("innerWidth"));
            return this;
        }

        /** Asserts that the page fetched nothing, ran nothing and left the browser's console empty. */
        public View isSelfContained() {
            assertThat(requests)
                    .filteredOn(request -> !request.startsWith("data:"))
                    .containsExactly(url);
            assertThat(complaints).isEmpty();
            assertThat(number("document.scripts.length")).isZero();
            return this;
        }

        /**
         * Asserts that the page has a language, a title, one top heading, no skipped heading level, pictures
         * with a text alternative, and readable colours.
         */
        @SuppressWarnings("unchecked") // both scripts return lists of texts
        public View isAccessible() {
            assertThat(page.getAttribute("html", "lang")).isEqualTo("en");
            assertThat(page.title()).isNotBlank();
            List<Integer> levels = ((List<String>) page.evaluate(
                            "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => h.tagName.substring(1))"))
                    .stream().map(Integer::valueOf).toList();
            assertThat(levels).startsWith(1).containsOnlyOnce(1);
            for (int i = 1; i < levels.size(); i++) {
                assertThat(levels.get(i)).as("heading " + (i + 1)).isLessThanOrEqualTo(levels.get(i - 1) + 1);
            }
            assertThat((List<String>) page.evaluate(SVG_WITHOUT_WORDS))
                    .as("pictures without words")
                    .isEmpty();
            assertThat((List<String>) page.evaluate(FAINT, MIN_CONTRAST))
                    .as("faint texts")
                    .isEmpty();
            return this;
        }

        /** Saves a picture in {@code target/screenshots} for people to look at. */
        public View screenshot(String name) {
            Path file = Path.of("target", "screenshots", name + ".png");
            page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
            return this;
        }

        private int number(String expression) {
            return ((Number) page.evaluate(expression)).intValue();
        }

        private static final String SVG_WITHOUT_WORDS = """
                [...document.querySelectorAll('svg:not([aria-hidden=true])')].filter(svg => {
                  const ids = (svg.getAttribute('aria-labelledby') || '').split(' ');
                  const words = ids.map(id => document.getElementById(id)).map(e => e ? e.textContent.trim() : '');
                  return svg.getAttribute('role') !== 'img' || !svg.querySelector('title') || !svg.querySelector('desc')
                      || words.some(word => !word);
                }).map(svg => svg.outerHTML.substring(0, 80))
                """;

        /** Finds texts with too little contrast to their background (WCAG 2.2, 1.4.3). */
        private static final String FAINT = """
                least => {
                  const parse = color => (color.match(/[0-9.]+/g) || []).map(Number);
                  const light = ([r, g, b]) => {
                    const linear = [r, g, b].map(v => v / 255)
                        .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
                    return .2126 * linear[0] + .7152 * linear[1] + .0722 * linear[2];
                  };
                  const behind = element => {
                    for (let e = element; e; e = e.parentElement) {
                      const color = parse(getComputedStyle(e).backgroundColor);
                      if (color.length === 3 || color[3] > 0) return color;
                    }
                    return [255, 255, 255];
                  };
                  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                  const faint = [];
                  while (walker.nextNode()) {
                    const element = walker.currentNode.parentElement;
                    if (!walker.currentNode.textContent.trim() || element.closest('title, desc')) continue;
                    const style = getComputedStyle(element);
                    const color = parse(element.closest('svg') ? style.fill : style.color);
                    const [high, low] = [light(color), light(behind(element))].sort((a, b) => b - a);
                    const contrast = (high + .05) / (low + .05);
                    if (contrast < least) faint.push(contrast.toFixed(2) + ' ' + walker.currentNode.textContent.trim());
                  }
                  return faint;
                }
                """;
    }
}
